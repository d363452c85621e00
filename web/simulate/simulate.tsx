import 'uplot/dist/uPlot.min.css';
import './simulate.css';
import '../design/menu.css';
import { effect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { experiment } from '../app/experiment';
import { route, writeState } from '../app/route';
import { isDark } from '../app/theme';
import { Message } from '../design/panel';
import { createModel, type Model } from './model';
import { firstPreset, presetOf } from './presets';
import { type Drafts, parseState, printState, type SharedState } from './share-state';
import { startSimulator } from './start-simulator';
import { SimulateView } from './view';

const KEY = 'neural-crn-draft';
const drafts: Drafts = {
  put: (text) => {
    try {
      sessionStorage.setItem(KEY, text);
    } catch {
      // Storage may be full or forbidden; the text is then lost with the page, which it would be anyway.
    }
  },
  get: () => {
    try {
      return sessionStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
};

const beginning: SharedState = {
  text: firstPreset.text,
  changes: {},
  settings: {},
  logTime: false,
  logConcentration: false,
  hidden: [],
};

/** The one experiment of the page; it outlives a look at another view. */
let model: Model | undefined;

/** Keeps model and address the same, in both directions. */
function useAddress(): { model: Model | undefined; trouble: string | undefined } {
  const [ready, setReady] = useState(model);
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    let gone = false;
    const reading = effect(() => {
      const { view, state } = route.value;
      if (view !== 'simulate') return;
      const given = [...state.keys()].length > 0;
      const begin = (read: SharedState) => {
        if (gone) return;
        if (!model) model = createModel(read, startSimulator, (text) => presetOf(text)?.wanted);
        else if (given) model.load(read);
        setReady(model);
      };
      if (!given) begin(beginning);
      else
        parseState(state, drafts).then(
          (read) => {
            setTrouble(undefined);
            begin(read);
          },
          (error: Error) => {
            setTrouble(error.message);
            begin(model?.state.peek() ?? beginning);
          },
        );
    });
    return () => {
      gone = true;
      reading();
    };
  }, []);
  useEffect(() => {
    if (!ready) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watching = effect(() => {
      const state = ready.state.value;
      experiment.value = state;
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const { params } = await printState(state, presetOf, drafts);
        if (state === ready.state.peek()) writeState('simulate', params);
      }, 100);
    });
    return () => {
      watching();
      clearTimeout(timer);
    };
  }, [ready]);
  return { model: ready, trouble };
}

export function Simulate() {
  const { model, trouble } = useAddress();
  return (
    <>
      <h2 class="visually-hidden">Simulate</h2>
      {trouble === undefined ? null : <Message kind="error">{trouble}</Message>}
      {model === undefined ? <p class="muted">Loading…</p> : <SimulateView model={model} dark={isDark()} />}
    </>
  );
}

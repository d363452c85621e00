import { useSignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../design/button';
import { download } from '../design/download';
import { Select } from '../design/fields';
import { Icon } from '../design/icon';
import { Menu } from '../design/menu';
import { Message, Panel } from '../design/panel';
import { Segmented } from '../design/segmented';
import { shortNumber } from './axis';
import { Editor } from './editor';
import { exportCode } from './export-code';
import { figureSvg, pngOf } from './figure';
import { openFile } from './files';
import { rejections, slowHints } from './hints';
import { IssueList } from './issue-list';
import { LineSwitches } from './legend';
import { methods } from './methods';
import type { Model } from './model';
import { CurvesPlot } from './plot';
import { presets } from './presets';
import { Problem, Progress, RunState } from './run-state';
import { OptionalNumber } from './settings-fields';
import { Statistics } from './statistics';
import { ValueSliders } from './value-sliders';

const OWN = 'own';

/** The experiment of a model: text, curves, sliders, what a run came to. */
export function SimulateView({ model, dark }: { model: Model; dark: boolean }) {
  const [said, setSaid] = useState<{ kind: 'note' | 'error'; text: string }>();
  const [dropping, setDropping] = useState(false);
  const open = async (file: File | undefined) => {
    if (!file) return;
    const opened = await openFile(file);
    if ('error' in opened) {
      setSaid({ kind: 'error', text: opened.error });
      return;
    }
    setSaid({ kind: 'note', text: `Opened “${file.name}”.` });
    model.load({ ...model.state.peek(), text: opened.text, changes: {}, hidden: [] });
  };
  const opened = useRef(open);
  opened.current = open;
  // Files may be dropped anywhere on the page.
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDropping(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDropping(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDropping(false);
      void opened.current(event.dataTransfer?.files[0]);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
  return (
    <div class={dropping ? 'simulate dropping' : 'simulate'}>
      <NetworkPanel model={model} onOpen={open} said={said} onSay={setSaid} />
      <div class="center">
        <CurvesPanel model={model} dark={dark} onSay={setSaid} />
        <WorkPanel model={model} />
      </div>
      <ValuesPanel model={model} onSay={setSaid} />
    </div>
  );
}

type Say = (said: { kind: 'note' | 'error'; text: string } | undefined) => void;

function NetworkPanel({
  model,
  onOpen,
  said,
  onSay,
}: {
  model: Model;
  onOpen: (file: File | undefined) => void;
  said: { kind: 'note' | 'error'; text: string } | undefined;
  onSay: Say;
}) {
  const [goTo, setGoTo] = useState<{ line: number; column: number }>();
  const file = useRef<HTMLInputElement>(null);
  const text = model.text.value;
  const preset = presets.find((one) => one.text === text);
  const issues = model.checked.value?.issues ?? [];
  const choices = [
    ...(preset ? [] : [{ value: OWN, title: 'Your own' }]),
    ...presets.map(({ name, title, group }) => ({ value: name, title, group })),
  ];
  return (
    <div class="network">
      <Panel
        title="Network"
        tools={
          <>
            <input
              ref={file}
              type="file"
              hidden
              accept=".crn,.txt,.xml,.sbml,.net"
              onChange={({ currentTarget }) => {
                onOpen(currentTarget.files?.[0]);
                currentTarget.value = '';
              }}
            />
            <Button look="quiet" onPress={() => file.current?.click()}>
              Open a file
            </Button>
          </>
        }
      >
        <Select
          label="Begin with"
          value={preset?.name ?? OWN}
          choices={choices}
          onChange={(name) => {
            const chosen = presets.find((one) => one.name === name);
            if (!chosen) return;
            onSay(undefined);
            model.load({
              text: chosen.text,
              changes: {},
              settings: {},
              logTime: chosen.logTime ?? false,
              logConcentration: chosen.logConcentration ?? false,
              hidden: chosen.hidden ?? [],
            });
          }}
        />
        <Editor
          label="Text of the network"
          text={text}
          issues={issues}
          goTo={goTo}
          onChange={(typed) => {
            onSay(undefined);
            model.text.value = typed;
          }}
        />
        <IssueList issues={issues} onGo={setGoTo} />
        {said === undefined ? null : <Message kind={said.kind}>{said.text}</Message>}
      </Panel>
    </div>
  );
}

function CurvesPanel({ model, dark, onSay }: { model: Model; dark: boolean; onSay: Say }) {
  const cursor = useSignal<number | undefined>(undefined);
  const result = model.result.value;
  const curves = result?.curves;
  const hidden = model.hidden.value;
  const logTime = model.logTime.value;
  const logConcentration = model.logConcentration.value;
  const title =
    presets.find(({ text }) => text === model.text.value)?.title ??
    (/^#\s*([^:.(\n]*)/.exec(model.text.value)?.[1].trim() || 'Concentrations over time');
  const failing = (what: string) => (error: Error) =>
    onSay({ kind: 'error', text: `${what} could not be made: ${error.message}` });
  const svg = () => figureSvg(curves!, { hidden, logTime, logConcentration, title });
  const until = () => (model.checked.peek()?.outline?.to === undefined ? result?.to : undefined);
  const items = [
    {
      title: 'Network',
      note: '.crn',
      onPress: () =>
        model
          .written()
          .then((text) => download('network.crn', text ?? model.text.peek()), failing('The file')),
    },
    {
      title: 'Code that does the same',
      note: '.ts',
      onPress: () =>
        download(
          'simulation.ts',
          exportCode(model.request(), {
            until: until(),
            attempts: result?.stats ? result.stats.steps + rejections(result.stats) : 0,
          }),
        ),
    },
    {
      title: 'Data',
      note: '.csv',
      disabled: !curves,
      onPress: () =>
        model
          .exported('csv')
          .then((csv) => download('concentrations.csv', csv, 'text/csv'), failing('The data')),
    },
    {
      title: 'Data',
      note: '.json',
      disabled: !curves,
      onPress: () =>
        model
          .exported('json')
          .then((json) => download('concentrations.json', json, 'application/json'), failing('The data')),
    },
    {
      title: 'Figure',
      note: '.svg',
      disabled: !curves,
      onPress: () =>
        svg().then((text) => download('figure.svg', text, 'image/svg+xml'), failing('The figure')),
    },
    {
      title: 'Figure',
      note: '.png',
      disabled: !curves,
      onPress: () =>
        svg()
          .then(pngOf)
          .then((blob) => download('figure.png', blob), failing('The figure')),
    },
  ];
  return (
    <div class="plot">
      <Panel
        title="Concentrations"
        tools={
          <div class="tools">
            <RunState model={model} />
            <Button onPress={() => model.stop()} disabled={!model.running.value} label="Stop the run">
              <Icon name="stop" />
              Stop
            </Button>
            <Menu
              title={
                <>
                  <Icon name="download" />
                  Export
                </>
              }
              items={items}
            />
          </div>
        }
      >
        <Progress model={model} />
        <div class={model.upToDate.value ? 'canvas' : 'canvas old'}>
          {curves ? (
            <CurvesPlot
              curves={curves}
              hidden={hidden}
              logTime={logTime}
              logConcentration={logConcentration}
              dark={dark}
              end={result.to}
              cursor={cursor}
              label={`${title}: ${curves.names.slice(0, 12).join(', ')} over time until ${shortNumber(result.to)}`}
              onWidth={(points) => {
                model.most = Math.max(400, points);
              }}
            />
          ) : (
            <p class="muted">
              {model.running.value || !model.checked.value ? 'Running…' : 'There are no curves yet.'}
            </p>
          )}
          <Problem model={model} />
        </div>
        <div class="axes">
          <span class="small muted">Time</span>
          <Segmented
            label="Time axis"
            value={logTime ? 'log' : 'linear'}
            choices={[
              { value: 'linear', title: 'linear' },
              { value: 'log', title: 'log' },
            ]}
            onChange={(value) => {
              model.logTime.value = value === 'log';
            }}
          />
          <span class="small muted">Concentration</span>
          <Segmented
            label="Concentration axis"
            value={logConcentration ? 'log' : 'linear'}
            choices={[
              { value: 'linear', title: 'linear' },
              { value: 'log', title: 'log' },
            ]}
            onChange={(value) => {
              model.logConcentration.value = value === 'log';
            }}
          />
        </div>
        {curves ? (
          <LineSwitches
            curves={curves}
            hidden={hidden}
            dark={dark}
            cursor={cursor}
            logTime={logTime}
            onChange={(next) => {
              model.hidden.value = next;
            }}
          />
        ) : null}
      </Panel>
    </div>
  );
}

function ValuesPanel({ model, onSay }: { model: Model; onSay: Say }) {
  // While the text has errors, the sliders of the last text without any stay.
  const outline = model.outline.value;
  const broken = model.checked.value?.outline === undefined;
  const changes = model.changes.value;
  const settings = model.settings.value;
  const changed = Object.keys(changes).length > 0;
  return (
    <div class="side">
      <Panel
        title="Values"
        tools={
          <div class="tools">
            <Button
              look="quiet"
              disabled={!changed}
              onPress={async () => {
                const text = await model.written();
                if (text === undefined) {
                  onSay({
                    kind: 'error',
                    text: 'One of these values stands in no place of its own in the text: change it there by hand.',
                  });
                  return;
                }
                model.load({ ...model.state.peek(), text, changes: {} });
              }}
            >
              Write into text
            </Button>
            <Button
              look="quiet"
              disabled={!changed}
              onPress={() => {
                model.changes.value = {};
              }}
            >
              Reset all
            </Button>
          </div>
        }
      >
        {outline ? (
          <ValueSliders
            values={outline.values}
            more={outline.moreValues}
            changes={changes}
            disabled={broken}
            onChange={(next) => {
              model.changes.value = next;
            }}
          />
        ) : (
          <p class="muted small">Every number of the text gets a slider.</p>
        )}
        <details class="more" open>
          <summary>Run</summary>
          <div class="fields">
            <OptionalNumber
              label="Until"
              value={settings.to}
              own={outline?.to}
              onChange={(to) => {
                const { to: _, ...others } = settings;
                model.settings.value = to === undefined ? others : { ...others, to };
              }}
            />
            <OptionalNumber
              label="Relative tolerance"
              value={settings.rtol}
              own={outline?.rtol}
              most={0.1}
              least={1e-13}
              onChange={(rtol) => {
                const { rtol: _, ...others } = settings;
                model.settings.value = rtol === undefined ? others : { ...others, rtol };
              }}
            />
            <Select
              label="Method"
              value={settings.method ?? ''}
              choices={[
                { value: '', title: `As in the text (${outline?.method ?? 'auto'})` },
                ...methods.map(({ value, title }) => ({ value, title })),
              ]}
              onChange={(value) => {
                const { method: _, ...others } = settings;
                const method = methods.find((one) => one.value === value)?.value;
                model.settings.value = method === undefined ? others : { ...others, method };
              }}
            />
          </div>
        </details>
      </Panel>
    </div>
  );
}

function WorkPanel({ model }: { model: Model }) {
  const result = model.result.value;
  const outline = model.outline.value;
  const settings = model.settings.value;
  const hints =
    result?.stats && outline
      ? slowHints({
          stats: result.stats,
          ...(result.facts && { facts: result.facts }),
          milliseconds: result.milliseconds,
          numbers: result.rows * outline.species,
          species: outline.species,
          reactions: outline.reactions,
          to: result.to,
          method: settings.method ?? outline.method,
          rtol: settings.rtol ?? outline.rtol,
        })
      : [];
  return (
    <div class="work">
      <Panel title="Work">
        {result ? (
          <Statistics result={result} outline={outline} />
        ) : (
          <p class="muted">Nothing has run yet.</p>
        )}
        {hints.length === 0 ? null : (
          <div class="hints">
            <h3>Why it takes so long</h3>
            <ul>
              {hints.map((hint) => (
                <li key={hint}>{hint}</li>
              ))}
            </ul>
          </div>
        )}
      </Panel>
    </div>
  );
}

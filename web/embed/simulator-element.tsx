import { effect, type ReadonlySignal, signal, useSignal } from '@preact/signals';
import { render } from 'preact';
import { Button } from '../design/button';
import { Icon } from '../design/icon';
import { Message } from '../design/panel';
import { AxisSwitches } from '../simulate/axis-switches';
import { Curves, Lines } from '../simulate/curves';
import { IssueList } from '../simulate/issue-list';
import { methods } from '../simulate/methods';
import { createModel, type Model } from '../simulate/model';
import type { RunSettings } from '../simulate/protocol';
import { Progress, RunState } from '../simulate/run-state';
import { Statistics } from '../simulate/statistics';
import { ValueSliders } from '../simulate/value-sliders';
import { darkness } from './dark';
import { startSimulator } from './start-worker';
import { styles } from './styles';

/** What `controls` may name. */
const CONTROLS = ['editor', 'sliders', 'axes', 'lines', 'statistics'] as const;
type Control = (typeof CONTROLS)[number];
const BY_DEFAULT: readonly Control[] = ['sliders', 'axes', 'lines'];

/** What the event `crn-run` tells. */
export interface RunDetail {
  text: string;
  species: string[];
  times: Float64Array;
  columns: Float64Array[];
  steps: number;
}

const textOf = (element: HTMLElement): string => {
  const script = element.querySelector('script[type="text/crn"], template');
  if (script instanceof HTMLTemplateElement) return script.content.textContent ?? '';
  if (script) return script.textContent ?? '';
  return Array.from(element.childNodes)
    .filter((node) => node.nodeType === Node.TEXT_NODE)
    .map((node) => node.textContent)
    .join('');
};

/** The text without the margin that an indented page gives it. */
function unindented(text: string): string {
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n');
  const margins = lines.filter((line) => line.trim() !== '').map((line) => line.match(/^\s*/)![0].length);
  const margin = Math.min(...margins, 80);
  return `${lines.map((line) => line.slice(margin)).join('\n')}\n`;
}

const number = (text: string | null): number | undefined => {
  const value = Number(text ?? Number.NaN);
  return value > 0 && value < Infinity ? value : undefined;
};

/**
 * `<neural-crn-simulator>`: a network with its curves and sliders. Its text is the attribute `source`, or the element's
 * own text, or the file at `src`.
 */
export class NeuralCrnSimulator extends HTMLElement {
  static readonly observedAttributes = [
    ...['source', 'src', 'controls', 'to', 'rtol', 'method', 'log-time', 'log-concentration', 'height'],
  ];

  #model: Model | undefined;
  #end: (() => void)[] = [];
  readonly #controls = signal<readonly Control[]>(BY_DEFAULT);
  readonly #label = signal('Simulation');

  /** The text of the network. */
  get text(): string {
    return this.#model?.text.peek() ?? this.getAttribute('source') ?? unindented(textOf(this));
  }

  set text(text: string) {
    if (this.#model) this.#model.text.value = text;
    else this.setAttribute('source', text);
  }

  run(): void {
    this.#model?.run();
  }

  stop(): void {
    this.#model?.stop();
  }

  /** All saved rows of the last run. */
  toCSV(): Promise<string> {
    if (!this.#model) return Promise.reject(new Error('the element is not in a page'));
    return this.#model.exported('csv');
  }

  connectedCallback(): void {
    if (this.#model) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.replaceChildren();
    const style = document.createElement('style');
    style.textContent = styles;
    const host = document.createElement('div');
    root.append(style, host);
    const model = createModel(
      {
        text: this.text,
        changes: {},
        settings: this.#settings(),
        logTime: this.hasAttribute('log-time'),
        logConcentration: this.hasAttribute('log-concentration'),
        hidden: (this.getAttribute('hide') ?? '').split(/\s+/).filter(Boolean),
      },
      startSimulator,
    );
    this.#model = model;
    this.#readControls();
    const { dark, end } = darkness(this, root);
    this.#end = [end, this.#tell(model), () => model.dispose(), () => render(null, host)];
    render(<View model={model} dark={dark} controls={this.#controls} label={this.#label} />, host);
    if (this.hasAttribute('src') && !this.hasAttribute('source')) void this.#fetch();
  }

  disconnectedCallback(): void {
    // Moving an element takes it out and puts it in at once.
    queueMicrotask(() => {
      if (this.isConnected) return;
      for (const end of this.#end) end();
      this.#end = [];
      this.#model = undefined;
    });
  }

  attributeChangedCallback(name: string): void {
    const model = this.#model;
    this.#readControls();
    if (!model) return;
    if (name === 'source') model.text.value = this.getAttribute('source') ?? '';
    if (name === 'src') void this.#fetch();
    if (name === 'to' || name === 'rtol' || name === 'method') model.settings.value = this.#settings();
    if (name === 'log-time') model.logTime.value = this.hasAttribute(name);
    if (name === 'log-concentration') model.logConcentration.value = this.hasAttribute(name);
  }

  #readControls(): void {
    const wanted = this.getAttribute('controls');
    this.#controls.value =
      wanted === null
        ? BY_DEFAULT
        : wanted === 'all'
          ? CONTROLS
          : CONTROLS.filter((one) => wanted.split(/[\s,]+/).includes(one));
    this.#label.value = this.getAttribute('aria-label') ?? 'Simulation';
    const height = this.getAttribute('height');
    if (height) this.style.setProperty('--plot-height', /^\d+$/.test(height) ? `${height}px` : height);
  }

  #settings(): RunSettings {
    const to = number(this.getAttribute('to'));
    const rtol = number(this.getAttribute('rtol'));
    const method = methods.find(({ value }) => value === this.getAttribute('method'))?.value;
    return {
      ...(to !== undefined && { to }),
      ...(rtol !== undefined && { rtol }),
      ...(method !== undefined && { method }),
    };
  }

  async #fetch(): Promise<void> {
    const src = this.getAttribute('src');
    if (!src) return;
    try {
      const response = await fetch(new URL(src, document.baseURI));
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      const text = await response.text();
      if (this.#model) this.#model.text.value = text;
    } catch (error) {
      const message = `${src} could not be fetched: ${(error as Error).message}`;
      if (this.#model) this.#model.text.value = `# ${message}\n`;
      this.#send('crn-error', { message });
    }
  }

  #send(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** Events: `crn-run`, `crn-error`, `crn-change`. */
  #tell(model: Model): () => void {
    let isFirst = true;
    const ends = [
      effect(() => {
        const result = model.result.value;
        if (!result) return;
        const text = model.text.peek();
        if (result.failure) this.#send('crn-error', { ...result.failure, text });
        else if (result.curves) {
          const { names: species, times, columns } = result.curves;
          const detail: RunDetail = { text, species, times, columns, steps: result.stats?.steps ?? 0 };
          this.#send('crn-run', detail);
        }
      }),
      effect(() => {
        const checked = model.checked.value;
        const error = checked?.issues.find(({ severity }) => severity === 'error');
        if (error) this.#send('crn-error', { ...error, text: model.text.peek() });
      }),
      effect(() => {
        const detail = { text: model.text.value, changes: model.changes.value };
        if (!isFirst) this.#send('crn-change', detail);
        isFirst = false;
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }
}

function View({
  model,
  dark,
  controls,
  label,
}: {
  model: Model;
  dark: ReadonlySignal<boolean>;
  controls: ReadonlySignal<readonly Control[]>;
  label: ReadonlySignal<string>;
}) {
  const cursor = useSignal<number | undefined>(undefined);
  const shows = (control: Control) => controls.value.includes(control);
  const result = model.result.value;
  const outline = model.outline.value;
  const side = shows('sliders');
  return (
    <section class="embed" aria-label={label.value}>
      <header>
        <slot name="title" />
        <div class="tools">
          <RunState model={model} />
          <Button
            look="quiet"
            label="Stop the run"
            disabled={!model.running.value}
            onPress={() => model.stop()}
          >
            <Icon name="stop" />
          </Button>
        </div>
      </header>
      <Progress model={model} />
      <div class={side ? 'body two' : 'body'}>
        <div class="main">
          <Curves model={model} dark={dark.value} cursor={cursor} />
          {shows('axes') ? <AxisSwitches model={model} /> : null}
          {shows('lines') ? <Lines model={model} dark={dark.value} cursor={cursor} /> : null}
          {shows('statistics') && result ? <Statistics result={result} outline={outline} /> : null}
        </div>
        {side ? (
          <div class="side">
            {outline ? (
              <ValueSliders
                values={outline.values}
                more={outline.moreValues}
                changes={model.changes.value}
                onChange={(changes) => {
                  model.changes.value = changes;
                }}
              />
            ) : null}
          </div>
        ) : null}
      </div>
      {shows('editor') ? (
        <textarea
          aria-label="Text of the network"
          spellcheck={false}
          value={model.text.value}
          onInput={({ currentTarget }) => {
            model.text.value = currentTarget.value;
          }}
        />
      ) : null}
      <IssueList issues={model.checked.value?.issues ?? []} />
      {model.trouble.value === undefined ? null : <Message kind="error">{model.trouble.value}</Message>}
      <div class="caption small muted">
        <slot name="caption" />
      </div>
    </section>
  );
}

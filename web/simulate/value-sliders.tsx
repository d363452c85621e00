import { useId, useState } from 'preact/hooks';
import { Button } from '../design/button';
import { Icon } from '../design/icon';
import { shortNumber } from './axis';
import { sliderRange } from './slider-range';
import type { Changes, Value } from './values';

const kinds: Record<Value['kind'], string> = {
  parameter: 'Parameters',
  initial: 'Concentrations at the start',
  constant: 'Constants of reactions',
};

/** Sliders that are seen at once; the others behind a button. */
const SHOWN = 14;

/** A slider for every number of the network. Moving one changes the run, not the text. */
export function ValueSliders({
  values,
  more,
  changes,
  disabled = false,
  onChange,
}: {
  values: readonly Value[];
  /** Values that have no slider. */
  more: number;
  changes: Changes;
  disabled?: boolean;
  onChange: (changes: Changes) => void;
}) {
  const [all, setAll] = useState(false);
  if (values.length === 0) return <p class="muted small">The text has no numbers to move.</p>;
  const top = Math.max(1, ...values.filter(({ kind }) => kind === 'initial').map(({ value }) => value));
  // What has been moved stays in sight.
  const shown = values.filter((value, k) => all || k < SHOWN || changes[value.id] !== undefined);
  const set = (id: string, value: number | undefined) => {
    const { [id]: _, ...others } = changes;
    onChange(value === undefined ? others : { ...others, [id]: value });
  };
  const groups = [...new Set(shown.map(({ kind }) => kind))];
  return (
    <>
      {groups.map((kind) => (
        <fieldset class="values" key={kind} disabled={disabled}>
          <legend>{kinds[kind]}</legend>
          {shown
            .filter((value) => value.kind === kind)
            .map((value) => (
              <ValueSlider
                key={`${value.id} ${value.value}`}
                value={value}
                top={top}
                now={changes[value.id] ?? value.value}
                onInput={(now) => set(value.id, now === value.value ? undefined : now)}
              />
            ))}
        </fieldset>
      ))}
      {shown.length < values.length || all ? (
        <Button look="quiet" onPress={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${values.length - shown.length} more`}
        </Button>
      ) : null}
      {all && more > 0 ? <p class="muted small">{more} more numbers are in the text alone.</p> : null}
    </>
  );
}

/** As one would type it. */
const plainNumber = (value: number): string => {
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e5 || size < 1e-3) ? value.toExponential().replace('+', '') : String(value);
};

/** What is wrong with a typed value. */
const wrong = (text: string, kind: Value['kind']): string | undefined => {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) return 'a number is needed';
  return kind !== 'parameter' && number < 0 ? 'it cannot be below 0' : undefined;
};

function ValueSlider({
  value: { name, kind, value: own },
  now,
  top,
  onInput,
}: {
  value: Value;
  now: number;
  top: number;
  onInput: (value: number) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const range = sliderRange(own, top);
  const error = typed === undefined ? undefined : wrong(typed, kind);
  const changed = now !== own;
  return (
    <div class={changed ? 'knob changed' : 'knob'}>
      <label for={id} title={name}>
        {name}
      </label>
      <input
        class="input"
        type="text"
        inputMode="decimal"
        aria-label={`${name}, value`}
        aria-invalid={error !== undefined}
        title={error}
        value={typed ?? plainNumber(now)}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          if (wrong(currentTarget.value, kind) === undefined) onInput(Number(currentTarget.value));
        }}
        onBlur={() => setTyped(undefined)}
      />
      <input
        id={id}
        class="slider"
        type="range"
        min={0}
        max={range.last}
        step={1}
        value={range.placeOf(now)}
        aria-valuetext={shortNumber(now)}
        title="Double-click: as in the text"
        onInput={({ currentTarget }) => onInput(range.valueAt(Number(currentTarget.value)))}
        onDblClick={() => onInput(own)}
      />
      <button
        type="button"
        class="reset"
        disabled={!changed}
        aria-label={`Reset ${name} to ${shortNumber(own)}`}
        title={`Reset to ${shortNumber(own)}`}
        onClick={() => onInput(own)}
      >
        <Icon name="reset" />
      </button>
    </div>
  );
}

import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';

/** A labelled control; what is wrong with its value stands below it. */
function Field({
  id,
  label,
  value,
  error,
  reason,
  children,
}: {
  id: string;
  label: string;
  value?: string | undefined;
  error?: string | undefined;
  /** Why it cannot be changed. */
  reason?: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <div class="field">
      <label class="label" for={id}>
        <span>{label}</span>
        {value === undefined ? null : <span class="number">{value}</span>}
      </label>
      {children}
      {error === undefined ? null : (
        <span class="error" id={`${id}-error`}>
          {error}
        </span>
      )}
      {reason === undefined ? null : (
        <span class="muted small" id={`${id}-reason`}>
          {reason}
        </span>
      )}
    </div>
  );
}

export interface Choice<Value extends string> {
  value: Value;
  title: string;
  /** Choices of one group stand together. */
  group?: string;
  /** Why it cannot be chosen. */
  reason?: string;
}

/** Why some choices are not to be had, for those who ask. */
function Reasons({ choices }: { choices: readonly Choice<string>[] }) {
  const refused = choices.filter(({ reason }) => reason !== undefined);
  if (refused.length === 0) return null;
  return (
    <details class="reasons small muted">
      <summary>Why not others?</summary>
      <dl>
        {refused.map(({ value, title, reason }) => (
          <div key={value}>
            <dt>{title}</dt>
            <dd>{reason}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** One of a list. */
export function Select<Value extends string>({
  label,
  value,
  choices,
  onChange,
  disabled = false,
  reason,
  error,
}: {
  label: string;
  value: Value;
  choices: readonly Choice<Value>[];
  onChange: (value: Value) => void;
  disabled?: boolean;
  /** Why it cannot be changed. */
  reason?: string | undefined;
  error?: string | undefined;
}) {
  const id = useId();
  const groups = [...new Set(choices.map(({ group }) => group))];
  const options = (group: string | undefined) =>
    choices
      .filter((choice) => choice.group === group)
      .map((choice) => (
        <option
          key={choice.value}
          value={choice.value}
          disabled={choice.reason !== undefined && choice.value !== value}
        >
          {choice.title}
        </option>
      ));
  return (
    <Field id={id} label={label} error={error} reason={reason}>
      <select
        id={id}
        class="select"
        value={value}
        disabled={disabled || reason !== undefined}
        aria-invalid={error === undefined ? undefined : true}
        onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}
      >
        {groups.map((group) =>
          group === undefined ? (
            options(group)
          ) : (
            <optgroup key={group} label={group}>
              {options(group)}
            </optgroup>
          ),
        )}
      </select>
      {reason === undefined ? <Reasons choices={choices} /> : null}
    </Field>
  );
}

/** A number typed in. `onChange` gets only those that `check` has nothing against. */
export function NumberField({
  label,
  value,
  onChange,
  check,
  step,
  disabled = false,
  reason,
  error,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
  /** What is wrong with a number, or undefined. */
  check?: (value: number) => string | undefined;
  step?: number;
  disabled?: boolean;
  /** Why it cannot be changed. */
  reason?: string | undefined;
  /** What is wrong with the value as it stands, where that is found out elsewhere. */
  error?: string | undefined;
}) {
  const id = useId();
  const wrong = (text: string) =>
    text.trim() === '' || !Number.isFinite(Number(text)) ? 'a number is needed' : check?.(Number(text));
  return (
    <TextInput
      id={id}
      label={label}
      value={String(value)}
      wrong={wrong}
      step={step}
      disabled={disabled || reason !== undefined}
      reason={reason}
      error={error}
      onChange={(text) => onChange(Number(text))}
    />
  );
}

function TextInput({
  id,
  label,
  value,
  wrong,
  step,
  disabled,
  reason,
  error: told,
  onChange,
}: {
  id: string;
  label: string;
  value: string;
  wrong: (text: string) => string | undefined;
  step: number | undefined;
  disabled: boolean;
  reason: string | undefined;
  error: string | undefined;
  onChange: (text: string) => void;
}) {
  // What is being typed may be no value yet.
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const error = wrong(text) ?? told;
  return (
    <Field id={id} label={label} error={error} reason={reason}>
      <input
        id={id}
        class="input"
        type="text"
        inputMode="decimal"
        value={text}
        step={step}
        disabled={disabled}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          if (wrong(currentTarget.value) === undefined) onChange(currentTarget.value);
        }}
      />
    </Field>
  );
}

/** A number from a range, even in its value or in its logarithm. */
export function Slider({
  label,
  value,
  from,
  to,
  steps = 200,
  logarithmic = false,
  format = String,
  onInput,
  disabled = false,
}: {
  label: string;
  value: number;
  from: number;
  to: number;
  steps?: number;
  logarithmic?: boolean;
  format?: (value: number) => string;
  onInput: (value: number) => void;
  disabled?: boolean;
}) {
  const id = useId();
  const part = logarithmic ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
  const valueAt = (x: number) => (logarithmic ? from * (to / from) ** x : from + x * (to - from));
  return (
    <Field id={id} label={label} value={format(value)}>
      <input
        id={id}
        class="slider"
        type="range"
        min={0}
        max={steps}
        step={1}
        value={Math.round(part * steps)}
        disabled={disabled}
        aria-valuetext={format(value)}
        onInput={({ currentTarget }) => onInput(valueAt(Number(currentTarget.value) / steps))}
      />
    </Field>
  );
}

/** Yes or no. */
export function Check({
  label,
  value,
  onChange,
  disabled = false,
}: {
  label: string;
  value: boolean;
  onChange: (value: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={value}
        disabled={disabled}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

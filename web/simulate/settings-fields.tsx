import { useEffect, useId, useState } from 'preact/hooks';
import { shortNumber } from './axis';

/** A number above 0, or nothing for what the text says. */
export function OptionalNumber({
  label,
  value,
  own,
  onChange,
  least = 0,
  most = Number.MAX_VALUE,
}: {
  label: string;
  value: number | undefined;
  /** What holds when nothing is typed. */
  own: number | undefined;
  onChange: (value: number | undefined) => void;
  least?: number;
  most?: number;
}) {
  const id = useId();
  const written = value === undefined ? '' : String(value);
  const [text, setText] = useState(written);
  useEffect(() => setText(written), [written]);
  const wrong = (typed: string): string | undefined => {
    if (typed.trim() === '') return undefined;
    const number = Number(typed);
    if (!Number.isFinite(number)) return 'a number is needed';
    if (number <= 0 || number < least)
      return least > 0 ? `at least ${shortNumber(least)}` : 'it must be above 0';
    return number > most ? `at most ${shortNumber(most)}` : undefined;
  };
  const error = wrong(text);
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      <input
        id={id}
        class="input"
        type="text"
        inputMode="decimal"
        placeholder={own === undefined ? '' : `${shortNumber(own)}, as in the text`}
        value={text}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onInput={({ currentTarget: { value: typed } }) => {
          setText(typed);
          if (wrong(typed) === undefined) onChange(typed.trim() === '' ? undefined : Number(typed));
        }}
      />
      {error === undefined ? null : (
        <span class="error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}

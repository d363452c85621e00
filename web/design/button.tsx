import type { ComponentChildren } from 'preact';

/** A button. `label` names one whose content is no text, or not enough of it. */
export function Button({
  children,
  onPress,
  look,
  label,
  disabled = false,
  pressed,
}: {
  children: ComponentChildren;
  onPress: () => unknown;
  look?: 'primary' | 'quiet';
  label?: string;
  disabled?: boolean;
  pressed?: boolean;
}) {
  return (
    <button
      type="button"
      class={look === undefined ? 'button' : `button ${look}`}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={() => onPress()}
    >
      {children}
    </button>
  );
}

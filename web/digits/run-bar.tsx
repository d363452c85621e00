import { Select } from '../design/fields';
import { RunBar } from '../run/bar';
import { change, changeSpeed, description, look, reset, run, setup } from './store';

/** The circuit, and the buttons that make it learn. */
export function DigitsBar() {
  const recipes = description.value?.recipes ?? [];
  const { recipe, seed } = setup.value;
  const standard = recipes.find(({ standard }) => standard)?.name ?? '';
  const chosen = recipe ?? standard;
  return (
    <RunBar
      run={run}
      begin="Train"
      seed={seed}
      onSeed={(seed) => change({ seed })}
      speed={look.value.speed}
      onSpeed={changeSpeed}
      reset={reset}
    >
      <Select
        label="Circuit"
        value={chosen}
        choices={
          recipes.length > 0
            ? recipes.map(({ name, title }) => ({ value: name, title: `${name}: ${title}` }))
            : [{ value: chosen, title: '…' }]
        }
        onChange={(name) => change({ recipe: name === standard ? null : name })}
      />
    </RunBar>
  );
}

import { Segmented } from '../design/segmented';
import type { Model } from './model';

const scales = [
  { value: 'linear', title: 'linear' },
  { value: 'log', title: 'log' },
] as const;

/** Linear or logarithmic, for either axis. */
export function AxisSwitches({ model }: { model: Model }) {
  const axes = [
    { name: 'Time', logarithmic: model.logTime },
    { name: 'Concentration', logarithmic: model.logConcentration },
  ];
  return (
    <div class="axes">
      {axes.map(({ name, logarithmic }) => (
        <div key={name} class="axis">
          <span class="small muted">{name}</span>
          <Segmented
            label={`${name} axis`}
            value={logarithmic.value ? 'log' : 'linear'}
            choices={scales}
            onChange={(value) => {
              logarithmic.value = value === 'log';
            }}
          />
        </div>
      ))}
    </div>
  );
}

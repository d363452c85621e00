import type { TrainReport } from 'neural-crn/learning';
import { useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Message, Panel } from '../../design/panel';
import { pngOf, saveFile } from '../../design/save-file';
import { CSV } from '../setup';
import { description, exported, history, predictions, setup, tableText, weights } from '../store';
import { trainingCode } from './code';
import { FIGURES, type FigureName } from './figure-names';
import { dataTable, lossTable, weightTable } from './tables';

const TITLES: Record<FigureName, string> = {
  loss: 'Loss',
  predictions: 'Predictions',
  concentrations: 'Concentrations',
  weights: 'Weights',
};

const figureSvg = async (name: FigureName) => (await import('./figures')).figureSvg(name);

/** Network, model, data, figures and code, to be used elsewhere. */
export function ExportPanel() {
  const [error, setError] = useState('');
  const [said, setSaid] = useState('');
  const described = description.value;
  const name = described?.experiment ?? 'run';
  /** Does it, and says why it cannot be done. */
  const attempt = (act: () => Promise<void> | void) => async () => {
    setError('');
    try {
      await act();
    } catch (reason) {
      setError((reason as Error).message);
    }
  };
  const file = (title: string, act: () => Promise<void> | void) => (
    <Button key={title} disabled={described === null} onPress={attempt(act)}>
      <Icon name="download" />
      {title}
    </Button>
  );
  const code = trainingCode(setup.value);
  const learned = () => {
    if (history.value.length === 0) throw new Error('nothing was measured yet: let it learn first');
  };
  return (
    <Panel wide title="Take it along">
      {error === '' ? null : <Message kind="error">{error}</Message>}
      <h3>The run</h3>
      <div class="exports">
        {file('Model, JSON', async () =>
          saveFile('model.json', (await exported()).model, 'application/json'),
        )}
        {file('Report, JSON', async () =>
          saveFile('report.json', `${(await exported()).report}\n`, 'application/json'),
        )}
        {file('Checkpoint, JSON', async () =>
          saveFile('checkpoint.json', (await exported()).checkpoint, 'application/json'),
        )}
        {file('Network, .crn', () => saveFile(`${name}.crn`, described?.networkText ?? ''))}
      </div>
      <h3>Data</h3>
      <div class="exports">
        {file('Examples, CSV', () => {
          if (described)
            saveFile(`${name}-examples.csv`, dataTable(described, predictions.value), 'text/csv');
        })}
        {file('Losses, CSV', async () => {
          learned();
          // All of them: what is drawn of a long run is thinned.
          const report: TrainReport = JSON.parse((await exported()).report);
          saveFile(`${name}-losses.csv`, lossTable(report.history), 'text/csv');
        })}
        {file('Weights, CSV', () => {
          learned();
          if (described && weights.value)
            saveFile(`${name}-weights.csv`, weightTable(described.weightNames, weights.value), 'text/csv');
        })}
        {setup.value.task === CSV
          ? file('Table, CSV', () => {
              const text = tableText();
              if (text === null) throw new Error('the table is too large for the page; use your file');
              saveFile(`${setup.value.table.name}.csv`, text, 'text/csv');
            })
          : null}
      </div>
      <h3>Figures</h3>
      <div class="exports">
        {FIGURES.map((figure) => (
          <span key={figure} class="row">
            {file(`${TITLES[figure]}, SVG`, async () =>
              saveFile(`${name}-${figure}.svg`, await figureSvg(figure), 'image/svg+xml'),
            )}
            {file(`${TITLES[figure]}, PNG`, async () =>
              saveFile(`${name}-${figure}.png`, await pngOf(await figureSvg(figure))),
            )}
          </span>
        ))}
      </div>
      <h3>Code</h3>
      <p class="muted small">The TypeScript that does the same, with the same numbers.</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section class="code-block" tabIndex={0} aria-label="Code">
        <pre>
          <code>{code}</code>
        </pre>
      </section>
      <div class="exports">
        <Button
          onPress={attempt(async () => {
            await navigator.clipboard.writeText(code);
            setSaid('Copied');
            setTimeout(() => setSaid(''), 2000);
          })}
        >
          Copy
        </Button>
        {file('Code, .ts', () => saveFile('train.ts', code))}
        <span role="status" class="muted small">
          {said}
        </span>
      </div>
    </Panel>
  );
}

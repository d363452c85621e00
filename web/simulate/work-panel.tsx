import { Panel } from '../design/panel';
import { slowHints } from './hints';
import type { Model } from './model';
import { Statistics } from './statistics';

/** What a run has cost, and why it takes so long. */
export function WorkPanel({ model }: { model: Model }) {
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

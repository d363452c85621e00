import { duration } from './duration';
import { rejections } from './hints';
import type { Outline, RunResult } from './protocol';

const count = new Intl.NumberFormat('en');

/** The work of a run, as the library counts it. */
export function Statistics({ result, outline }: { result: RunResult; outline: Outline | undefined }) {
  const { stats, facts } = result;
  const rows: [string, string, (string | undefined)?][] = [
    ['Time', duration(result.milliseconds), 'in the worker, compiling included'],
    ['Method', facts?.method ?? outline?.method ?? 'auto', facts?.why],
  ];
  if (stats) {
    const { error, negative, nonFinite, newton } = stats.rejected;
    const causes = [
      error > 0 && `${count.format(error)} too inexact`,
      negative > 0 && `${count.format(negative)} below 0`,
      nonFinite > 0 && `${count.format(nonFinite)} not finite`,
      newton > 0 && `${count.format(newton)} not converged`,
    ].filter(Boolean);
    rows.push(
      ['Steps', count.format(stats.steps)],
      ['Rejected', count.format(rejections(stats)), causes.join(', ') || undefined],
      ['Derivatives', count.format(stats.derivatives)],
      ['Jacobians', count.format(stats.jacobians)],
      ['Factorisations', count.format(stats.factorisations)],
      ['Linear solves', count.format(stats.solves)],
    );
    if (stats.events > 0) rows.push(['Crossings', count.format(stats.events)]);
    if (stats.switches > 0) rows.push(['Changes of method', count.format(stats.switches)]);
  }
  if (outline) {
    const { species, reactions } = outline;
    const dropped = facts && facts.dropped > 0 ? `${facts.dropped} cannot fire` : undefined;
    rows.push(
      ['Species', count.format(species), facts ? `${facts.unknowns} integrated` : undefined],
      ['Reactions', count.format(reactions), dropped],
    );
  }
  rows.push(['Rows', count.format(result.rows)]);
  return (
    <dl class="statistics">
      {rows.map(([name, value, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="number">{value}</dd>
          <dd class="muted small note">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

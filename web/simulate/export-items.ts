import { pngOf, saveFile } from '../design/save-file';
import { exportCode } from './export-code';
import { rejections } from './hints';
import type { Model } from './model';
import type { Say } from './say';

/** What can be taken away: text, code, data, figures. Those of curves wait until there are some. */
export function exportItems(model: Model, title: string, onSay: Say) {
  const result = model.result.value;
  const curves = result?.curves;
  const failing = (what: string) => (error: Error) =>
    onSay({ kind: 'error', text: `${what} could not be made: ${error.message}` });
  const svg = async () =>
    (await import('./figure')).figureSvg(curves!, {
      hidden: model.hidden.value,
      logTime: model.logTime.value,
      logConcentration: model.logConcentration.value,
      title,
    });
  const until = () => (model.checked.peek()?.outline?.to === undefined ? result?.to : undefined);
  return [
    {
      title: 'Network',
      note: '.crn',
      onPress: () =>
        model
          .written()
          .then((text) => saveFile('network.crn', text ?? model.text.peek()), failing('The file')),
    },
    {
      title: 'Code that does the same',
      note: '.ts',
      onPress: () =>
        saveFile(
          'simulation.ts',
          exportCode(model.request(), {
            until: until(),
            attempts: result?.stats ? result.stats.steps + rejections(result.stats) : 0,
          }),
        ),
    },
    {
      title: 'Data',
      note: '.csv',
      disabled: !curves,
      onPress: () =>
        model
          .exported('csv')
          .then((csv) => saveFile('concentrations.csv', csv, 'text/csv'), failing('The data')),
    },
    {
      title: 'Data',
      note: '.json',
      disabled: !curves,
      onPress: () =>
        model
          .exported('json')
          .then((json) => saveFile('concentrations.json', json, 'application/json'), failing('The data')),
    },
    {
      title: 'Figure',
      note: '.svg',
      disabled: !curves,
      onPress: () =>
        svg().then((text) => saveFile('figure.svg', text, 'image/svg+xml'), failing('The figure')),
    },
    {
      title: 'Figure',
      note: '.png',
      disabled: !curves,
      onPress: () =>
        svg()
          .then((text) => pngOf(text))
          .then((blob) => saveFile('figure.png', blob), failing('The figure')),
    },
  ];
}

import { useEffect, useRef, useState } from 'preact/hooks';
import { CurvesPanel } from './curves-panel';
import { openFile } from './files';
import type { Model } from './model';
import { NetworkPanel } from './network-panel';
import type { Said } from './say';
import { ValuesPanel } from './values-panel';
import { WorkPanel } from './work-panel';

/** The experiment of a model: text, curves, sliders, what a run came to. */
export function SimulateView({ model, dark }: { model: Model; dark: boolean }) {
  const [said, setSaid] = useState<Said>();
  const [dropping, setDropping] = useState(false);
  const open = async (file: File | undefined) => {
    if (!file) return;
    const opened = await openFile(file);
    if ('error' in opened) {
      setSaid({ kind: 'error', text: opened.error });
      return;
    }
    const notes = opened.notes.length === 0 ? '' : ` ${opened.notes.join('; ')}.`;
    setSaid({ kind: 'note', text: `Opened “${file.name}”.${notes}` });
    model.load({ ...model.state.peek(), text: opened.text, changes: {}, hidden: [] });
  };
  const opened = useRef(open);
  opened.current = open;
  // Files may be dropped anywhere on the page.
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDropping(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDropping(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDropping(false);
      void opened.current(event.dataTransfer?.files[0]);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
  return (
    <div class={dropping ? 'simulate dropping' : 'simulate'}>
      <NetworkPanel model={model} onOpen={open} said={said} onSay={setSaid} />
      <div class="center">
        <CurvesPanel model={model} dark={dark} onSay={setSaid} />
        <WorkPanel model={model} />
      </div>
      <ValuesPanel model={model} onSay={setSaid} />
    </div>
  );
}

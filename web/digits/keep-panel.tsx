import { useRef, useState } from 'preact/hooks';
import { Button } from '../design/button';
import { Icon } from '../design/icon';
import { Message, Panel } from '../design/panel';
import { saveFile } from '../design/save-file';
import { imageTable } from './image-table';
import { chooseImages, choosePot, description, exported } from './store';

/** A button behind which there is a choice of files. */
function FileButton({
  title,
  accept,
  onChoose,
}: {
  title: string;
  accept: string;
  onChoose: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onPress={() => input.current?.click()}>{title}</Button>
      <input
        ref={input}
        type="file"
        class="visually-hidden"
        accept={accept}
        tabIndex={-1}
        aria-label={title}
        onChange={({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? [];
          if (chosen) onChoose(chosen);
          currentTarget.value = '';
        }}
      />
    </>
  );
}

/** The trained pot and the images, as files. */
export function KeepPanel() {
  const [error, setError] = useState('');
  const described = description.value;
  const file = (title: string, act: () => Promise<void> | void) => (
    <Button
      disabled={described === null}
      onPress={async () => {
        setError('');
        try {
          await act();
        } catch (reason) {
          setError((reason as Error).message);
        }
      }}
    >
      <Icon name="download" />
      {title}
    </Button>
  );
  return (
    <Panel wide title="Save and load">
      {error === '' ? null : <Message kind="error">{error}</Message>}
      <div class="keeps">
        <div>
          <h3>The pot</h3>
          <div class="row">
            {file('Model, JSON', async () =>
              saveFile('model.json', (await exported()).model, 'application/json'),
            )}
            {file('Checkpoint, JSON', async () =>
              saveFile('checkpoint.json', (await exported()).checkpoint, 'application/json'),
            )}
            <FileButton title="Load a pot" accept=".json,application/json" onChoose={choosePot} />
          </div>
          <p class="muted small">
            The files of the command line: <code>neural-crn predict model.json images.csv</code>, and{' '}
            <code>neural-crn train digits --resume</code> from <code>out/digits/checkpoint.json</code>.
          </p>
        </div>
        <div>
          <h3>The images</h3>
          <div class="row">
            {file('Images, CSV', () => {
              if (described) saveFile('images.csv', imageTable(described), 'text/csv');
            })}
            <FileButton title="Load your images" accept=".csv,.tsv,.txt,text/csv" onChoose={chooseImages} />
            {described?.images == null ? null : (
              <Button onPress={() => chooseImages(undefined)}>Back to the page's own</Button>
            )}
          </div>
          <p class="muted small">
            A CSV file with a row for each image: the digit in a column <code>label</code>, and 64 pixels (8 ×
            8), used as they are, or 784 (28 × 28), made upright and of one size as a drawing is. It stays in
            your browser.
          </p>
        </div>
      </div>
    </Panel>
  );
}

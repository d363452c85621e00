import { useRef, useState } from 'preact/hooks';
import { Button } from '../design/button';
import { Select } from '../design/fields';
import { Message, Panel } from '../design/panel';
import { Editor } from './editor';
import { IssueList } from './issue-list';
import type { Model } from './model';
import { loadPreset, type Preset, presetNames, presetOf } from './presets';
import type { Said, Say } from './say';

const OWN = 'own';

/** The text, what is wrong with it, and what to begin with. */
export function NetworkPanel({
  model,
  onOpen,
  said,
  onSay,
}: {
  model: Model;
  onOpen: (file: File | undefined) => void;
  said: Said | undefined;
  onSay: Say;
}) {
  const [goTo, setGoTo] = useState<{ line: number; column: number }>();
  const file = useRef<HTMLInputElement>(null);
  const text = model.text.value;
  const preset = presetOf(text);
  const issues = model.checked.value?.issues ?? [];
  const choices = [
    ...(preset ? [] : [{ value: OWN, title: 'Your own' }]),
    ...presetNames.map(({ name, title, group }) => ({ value: name, title, group })),
  ];
  return (
    <div class="network">
      <Panel
        title="Network"
        tools={
          <>
            <input
              ref={file}
              type="file"
              hidden
              accept=".crn,.txt,.xml,.sbml,.net,.ant"
              onChange={({ currentTarget }) => {
                onOpen(currentTarget.files?.[0]);
                currentTarget.value = '';
              }}
            />
            <Button look="quiet" onPress={() => file.current?.click()}>
              Open a file
            </Button>
          </>
        }
      >
        <Select
          label="Begin with"
          value={preset?.name ?? OWN}
          choices={choices}
          onChange={async (name) => {
            let chosen: Preset | undefined;
            try {
              chosen = await loadPreset(name);
            } catch (error) {
              onSay({ kind: 'error', text: `The network could not be loaded: ${(error as Error).message}` });
            }
            if (!chosen) return;
            onSay(undefined);
            model.load({
              text: chosen.text,
              changes: {},
              settings: {},
              logTime: chosen.logTime ?? false,
              logConcentration: chosen.logConcentration ?? false,
              hidden: chosen.hidden ?? [],
            });
          }}
        />
        <Editor
          label="Text of the network"
          text={text}
          issues={issues}
          goTo={goTo}
          onChange={(typed) => {
            onSay(undefined);
            model.text.value = typed;
          }}
        />
        <IssueList issues={issues} onGo={setGoTo} />
        {said === undefined ? null : <Message kind={said.kind}>{said.text}</Message>}
      </Panel>
    </div>
  );
}

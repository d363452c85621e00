import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from './button';
import { Message } from './panel';

/** A component whose script is fetched when it is first shown; `waiting` stands in its place until then. */
export function later(load: () => Promise<ComponentType>, waiting: ComponentChildren): ComponentType {
  let Found: ComponentType | undefined;
  return function Later() {
    const [failed, setFailed] = useState<string>();
    const [, setReady] = useState(false);
    useEffect(() => {
      if (Found) return undefined;
      let gone = false;
      load().then(
        (component) => {
          Found = component;
          if (!gone) setReady(true);
        },
        (error: Error) => {
          if (!gone) setFailed(error.message);
        },
      );
      return () => {
        gone = true;
      };
    }, []);
    if (Found) return <Found />;
    if (failed === undefined) return <>{waiting}</>;
    return (
      <Message kind="error">
        This part of the page could not be loaded: {failed}.
        <div class="row">
          <Button onPress={() => location.reload()}>Load the page again</Button>
        </div>
      </Message>
    );
  };
}

import { Panel } from '../../design/panel';
export function ExportPanel() {
  return <Panel title="Take it along">{null}</Panel>;
}

import * as command from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import type { Command, KeyBinding } from '@codemirror/view';

const moving = (key: string, run: Command, shift: Command, mac?: string): KeyBinding => ({
  ...{ key, run, shift, preventDefault: true },
  ...(mac !== undefined && { mac }),
});
const onMac = (mac: string, run: Command, shift?: Command): KeyBinding => ({
  ...{ mac, run },
  ...(shift && { shift }),
});

/** CodeMirror's default keys without those that ask for a syntax tree: `no-syntax.ts`. */
export const keys: readonly KeyBinding[] = [
  moving('ArrowLeft', command.cursorCharLeft, command.selectCharLeft),
  moving('Mod-ArrowLeft', command.cursorGroupLeft, command.selectGroupLeft, 'Alt-ArrowLeft'),
  onMac('Cmd-ArrowLeft', command.cursorLineBoundaryLeft, command.selectLineBoundaryLeft),
  moving('ArrowRight', command.cursorCharRight, command.selectCharRight),
  moving('Mod-ArrowRight', command.cursorGroupRight, command.selectGroupRight, 'Alt-ArrowRight'),
  onMac('Cmd-ArrowRight', command.cursorLineBoundaryRight, command.selectLineBoundaryRight),
  moving('ArrowUp', command.cursorLineUp, command.selectLineUp),
  onMac('Cmd-ArrowUp', command.cursorDocStart, command.selectDocStart),
  onMac('Ctrl-ArrowUp', command.cursorPageUp, command.selectPageUp),
  moving('ArrowDown', command.cursorLineDown, command.selectLineDown),
  onMac('Cmd-ArrowDown', command.cursorDocEnd, command.selectDocEnd),
  onMac('Ctrl-ArrowDown', command.cursorPageDown, command.selectPageDown),
  moving('PageUp', command.cursorPageUp, command.selectPageUp),
  moving('PageDown', command.cursorPageDown, command.selectPageDown),
  moving('Home', command.cursorLineBoundaryBackward, command.selectLineBoundaryBackward),
  moving('Mod-Home', command.cursorDocStart, command.selectDocStart),
  moving('End', command.cursorLineBoundaryForward, command.selectLineBoundaryForward),
  moving('Mod-End', command.cursorDocEnd, command.selectDocEnd),
  moving('Backspace', command.deleteCharBackward, command.deleteCharBackward),
  { key: 'Enter', run: command.insertNewlineKeepIndent, shift: command.insertNewlineKeepIndent },
  { key: 'Mod-a', run: command.selectAll },
  { key: 'Delete', run: command.deleteCharForward, preventDefault: true },
  { key: 'Mod-Backspace', mac: 'Alt-Backspace', run: command.deleteGroupBackward, preventDefault: true },
  { key: 'Mod-Delete', mac: 'Alt-Delete', run: command.deleteGroupForward, preventDefault: true },
  onMac('Mod-Backspace', command.deleteLineBoundaryBackward),
  onMac('Mod-Delete', command.deleteLineBoundaryForward),
  ...command.emacsStyleKeymap.map(({ key, run, shift }) => onMac(key as string, run as Command, shift)),
  { key: 'Alt-ArrowUp', run: command.moveLineUp, shift: command.copyLineUp },
  { key: 'Alt-ArrowDown', run: command.moveLineDown, shift: command.copyLineDown },
  { key: 'Mod-Alt-ArrowUp', run: command.addCursorAbove },
  { key: 'Mod-Alt-ArrowDown', run: command.addCursorBelow },
  { key: 'Escape', run: command.simplifySelection },
  { key: 'Alt-l', mac: 'Ctrl-l', run: command.selectLine },
  { key: 'Mod-[', run: command.indentLess },
  { key: 'Mod-]', run: command.indentMore },
  { key: 'Shift-Mod-k', run: command.deleteLine },
  { key: 'Mod-/', run: command.toggleComment },
  { key: 'Ctrl-m', mac: 'Shift-Alt-m', run: command.toggleTabFocusMode },
  ...command.historyKeymap,
];

/** How a line is commented out. */
export const comments = EditorState.languageData.of(() => [{ commentTokens: { line: '#' } }]);

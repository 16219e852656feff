/** What is kept on this computer: recovery, export, retention, backup. */
export const keeping = {
  recovered: 'Some of your stored messages were damaged.',
  recoveredText:
    'Stompbox saved {{messages}} messages ({{unsent}} not sent yet) and {{drafts}} drafts. Servers that keep history send the rest again.',
  showFile: 'Show damaged file',
} as const

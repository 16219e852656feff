/** What is kept on this computer: recovery, export, retention. */
export const keeping = {
  recovered: 'Some of your stored messages were damaged.',
  recoveredText:
    'Saved messages: {{messages}} (not sent yet: {{unsent}}), drafts: {{drafts}}. Servers that keep history send the rest again.',
  export: 'Export…',
  exportTitle: 'Export {{room}}',
  exportText:
    'Writes all messages of this room that are stored on this computer to a file. Anyone who has the file can read them.',
  exportFormat: 'Format',
  formats: {
    html: 'HTML',
    markdown: 'Markdown',
    csv: 'CSV',
    json: 'JSON',
  },
  exportSubmit: 'Choose file…',
  exported: 'Exported to {{file}}',
  tasks: {
    export: 'Exporting {{name}}',
  },
  progress: '{{done}} of {{total}}',
  keep: 'Keep messages',
  keepText:
    'Older messages are removed from this computer, but never unread or unsent ones. Servers keep theirs.',
  keeps: {
    everything: 'All',
    year: '1 year',
    '90-days': '90 days',
    '30-days': '30 days',
  },
  space: 'Space on this computer',
  spaceText_one: '{{size}} for {{count}} message.',
  spaceText_other: '{{size}} for {{count}} messages.',
  spaceUnused: '{{size}} of it is not used.',
  free: 'Free space',
  freed: '{{size}} freed.',
  showFile: 'Show damaged file',
} as const

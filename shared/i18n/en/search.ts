/** The search in one's own rooms and messages. */
export const search = {
  label: 'Search rooms and messages',
  placeholder: 'Room name or message text',
  clear: 'Clear',
  close: 'Close search',
  scope: 'Where to search',
  everywhere: 'All rooms',
  found_one: '{{count}} message',
  found_other: '{{count}} messages',
  foundMore: 'More than {{count}} messages',
  results: 'Search results',
  rooms: 'Rooms',
  messages: 'Messages',
  beginTitle: 'Find a room or a message',
  beginText: 'Search room names and every message that is stored on this computer. It works offline, too.',
  noneTitle: 'No results for ‘{{query}}’',
  noneText:
    'Only messages that are stored on this computer are searched. Messages from before you joined may be missing.',
  searchEverywhere: 'Search all rooms',
  roomLeft: 'You are no longer in #{{room}}. Join it again to read on.',
  failedTitle: 'The search failed',
} as const

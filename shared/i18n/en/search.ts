/** The search in one's own rooms and messages. */
export const search = {
  label: 'Search rooms and messages',
  placeholder: 'A room, or words of a message',
  clear: 'Clear',
  close: 'Close search',
  scope: 'Where to search',
  everywhere: 'All rooms',
  found_one: '{{count}} message',
  found_other: '{{count}} messages',
  foundMore: 'More than {{count}} messages',
  results: 'What was found',
  rooms: 'Rooms',
  messages: 'Messages',
  beginTitle: 'Go to a room, or find a message',
  beginText:
    'Rooms are found by their names, messages by their words. All that has reached this computer is searched, also without a connection.',
  noneTitle: 'Nothing found for ‘{{query}}’',
  noneText:
    'Only messages that have reached this computer are searched. What was said before you joined may be missing.',
  searchEverywhere: 'Search in all rooms',
  roomLeft: 'You are not in #{{room}} any more. Join it to read on.',
  failedTitle: 'The search failed',
} as const

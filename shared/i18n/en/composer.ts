/** The field where messages are written. */
export const composer = {
  label: 'Message to #{{room}}',
  label_direct: 'Message to {{room}}',
  placeholder: 'Message #{{room}}',
  placeholder_direct: 'Message {{room}}',
  placeholderOffline: 'Message #{{room}} (sent when you are back online)',
  placeholderOffline_direct: 'Message {{room}} (sent when you are back online)',
  send: 'Send',
  typingOne: '{{first}} is typing',
  typingTwo: '{{first}} and {{second}} are typing',
  typingMore: 'Several people are typing',
  hintSend: 'send',
  hintBreak: 'new line',
  tooLong_one: '{{count}} character too long. Split it into several messages.',
  tooLong_other: '{{count}} characters too long. Split it into several messages.',
} as const

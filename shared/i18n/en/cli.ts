/** The host's command line. */
export const cli = {
  description: 'Hosts a chat on this computer: a STOMP broker with rooms and history, without a window.',
  usage: 'Usage:',
  options: 'Options:',
  optionHelp: 'show this help',
  optionVersion: 'show the version',
  optionBind: 'address to listen on; 0.0.0.0 opens it to the network (default: {{default}})',
  optionPort: 'port to listen on; 0 takes any free one (default: {{default}})',
  optionTcpPort: 'port for STOMP over plain TCP as well; 0 takes any free one (default: none)',
  optionData: 'folder for rooms, messages and names (default: {{default}})',
  optionPasscode:
    'what people need to get in; better given in the environment as {{variable}}, where other users can’t see it',
  optionName: 'name of this host, as people see it (default: {{default}})',
  optionLogLevel: 'how much to log on standard error: {{levels}} (default: {{default}})',
  helpReady: 'When it is ready it prints one line: {{line}}. SIGTERM or Ctrl+C stops it.',
  unknownOption: 'There is no option {{option}}. --help lists them.',
  missingValue: 'The option {{option}} needs a value.',
  unknownValue: '{{value}} can’t be used for {{option}}. Choose one of: {{choices}}.',
  noArguments: 'Only options are taken. --help lists them.',
  /** The room that every host has from the start. */
  firstRoom: 'General',
} as const

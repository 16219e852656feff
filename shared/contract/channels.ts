/** The two fixed IPC channels; a file of its own, so that the preload carries nothing else. */
export const commandChannel = 'stompbox:command'
export const eventChannel = 'stompbox:events'

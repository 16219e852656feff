import { expect, test } from 'vitest'
import { longestSource, readSpringSource } from '../../../shared/contract/spring-source.ts'

test('a configuration and a controller in Java', () => {
  expect(
    readSpringSource(`
    @Configuration @EnableWebSocketMessageBroker
    public class WebSocketConfig implements WebSocketMessageBrokerConfigurer {
      @Override public void registerStompEndpoints(StompEndpointRegistry registry) {
        // registry.addEndpoint("/old");
        registry.addEndpoint("/ws-stomp").setAllowedOriginPatterns("*").withSockJS();
      }
      @Override public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.enableSimpleBroker("/sub");
        registry.setApplicationDestinationPrefixes("/pub");
      }
    }
    @Controller public class ChatController {
      /* @MessageMapping("/gone") */
      @MessageMapping("/chat/message")
      public void message(ChatMessage message) {
        template.convertAndSend("/sub/chat/room/" + message.getRoomId(), message);
        template.convertAndSendToUser(message.getTo(), "/queue/messages", message);
      }
    }`),
  ).toEqual({
    endpoints: ['/ws-stomp/websocket'],
    send: ['/pub/chat/message'],
    subscribe: ['/sub/chat/room/{roomId}'],
    own: ['/user/queue/messages'],
  })
})

test('annotations with variables, a prefix of the class, and several of them', () => {
  expect(
    readSpringSource(`
    @MessageMapping("/chat")
    @Controller
    public class ChatController {
      @MessageMapping("/{roomId}/send") @SendTo("/topic/{roomId}.room")
      public Message send(@DestinationVariable String roomId, Message m) { return m; }
      @MessageMapping({"/enter", "/leave"}) @SendToUser("/queue/errors")
      public void enter() {}
    }`),
  ).toEqual({
    endpoints: [],
    send: ['/app/chat/{roomId}/send', '/app/chat/enter', '/app/chat/leave'],
    subscribe: ['/topic/{roomId}.room'],
    own: ['/user/queue/errors'],
  })
})

test('Kotlin, with its string templates', () => {
  expect(
    readSpringSource(`
    override fun registerStompEndpoints(registry: StompEndpointRegistry) { registry.addEndpoint("/ws") }
    override fun configureMessageBroker(config: MessageBrokerRegistry) {
      config.enableSimpleBroker("/topic", "/queue")
      config.setApplicationDestinationPrefixes("/app")
    }
    @MessageMapping("/chat.sendMessage")
    @SendTo("/topic/public")
    fun send(message: ChatMessage) {
      template.convertAndSend("/topic/room.\${message.roomId}", message)
      template.convertAndSend("/topic/user.$userId", message)
    }`),
  ).toEqual({
    endpoints: ['/ws'],
    send: ['/app/chat.sendMessage'],
    subscribe: ['/topic/public', '/topic/room.{roomId}', '/topic/user.{userId}'],
    own: [],
  })
})

test('other sources say nothing, and hostile ones take no time', () => {
  expect(readSpringSource('fun main() = println("hello")')).toBeNull()
  expect(readSpringSource('x'.repeat(longestSource + 1))).toBeNull()
  const since = performance.now()
  for (const part of [
    '@MessageMapping(',
    '/*',
    '/* ',
    '"\\"',
    '"""a',
    '"',
    "'",
    '"""',
    '@MessageMapping("a")\n@A\n',
    'convertAndSend("${',
    '{',
  ])
    readSpringSource(part.repeat(Math.floor(longestSource / part.length)))
  expect(performance.now() - since).toBeLessThan(2000)
})

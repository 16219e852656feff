# ruby-stomp through everything that a client does; prints what it saw as JSON. Arguments: port, STOMP version.
require 'json'
require 'stomp'

port, version = ARGV[0].to_i, ARGV[1]
open = lambda do |login|
  Stomp::Connection.new(
    hosts: [{ login: login, passcode: 'secret', host: '127.0.0.1', port: port }],
    connect_headers: { 'accept-version' => version, 'host' => 'localhost' },
    reliable: false
  )
end
connection = open.call('ada')
next_frame = lambda do |command, from = connection|
  frame = from.receive
  raise "#{frame.command} #{frame.headers} #{frame.body}" unless frame.command == command
  frame
end
seen = { version: connection.protocol }

connection.subscribe('/topic/a', { 'id' => '1', 'receipt' => 'r1' }, '1')
next_frame.call('RECEIPT')
connection.publish('/topic/a', '안녕', 'colour' => 'a:b')
message = next_frame.call('MESSAGE')
seen[:text] = message.body.dup.force_encoding('UTF-8')
seen[:header] = message.headers['colour']

binary = [0, 255, 254, 0, 10].pack('C*')
connection.publish('/topic/a', binary)
seen[:binary] = next_frame.call('MESSAGE').body.bytes

connection.subscribe('/queue/a', { 'id' => '2', 'ack' => 'client-individual' }, '2')
connection.publish('/queue/a', 'first')
message = next_frame.call('MESSAGE')
name = ->(frame) { version == '1.2' ? frame.headers['ack'] : frame.headers['message-id'] }
connection.nack(name.call(message), 'id' => name.call(message), 'subscription' => '2')
message = next_frame.call('MESSAGE')
seen[:redelivered] = message.headers['redelivered']
connection.ack(name.call(message), 'id' => name.call(message), 'subscription' => '2')

connection.begin('t')
connection.publish('/topic/a', 'one', 'transaction' => 't')
connection.publish('/topic/a', 'two', 'transaction' => 't')
connection.commit('t')
seen[:transaction] = [next_frame.call('MESSAGE').body, next_frame.call('MESSAGE').body]

# A queue is read without taking, and refused for good.
connection.publish('/queue/b', 'kept')
connection.subscribe('/queue/b', { 'id' => '3', 'browser' => 'true' }, '3')
seen[:browsed] = [next_frame.call('MESSAGE').body, next_frame.call('MESSAGE').headers['browser']]
connection.subscribe('/queue/b', { 'id' => '4', 'ack' => 'client-individual' }, '4')
message = next_frame.call('MESSAGE')
connection.nack(name.call(message), 'id' => name.call(message), 'subscription' => '4', 'requeue' => 'false')
connection.subscribe('/queue/DLQ.b', { 'id' => '5' }, '5')
seen[:dead] = next_frame.call('MESSAGE').headers['x-first-death-reason']

# Of a durable subscription nothing is lost while nobody is there, with the headers of RabbitMQ.
follow = lambda do
  follower = open.call('ben')
  durable = { 'id' => 'd', 'durable' => 'true', 'auto-delete' => 'false', 'receipt' => 'd' }
  follower.subscribe('/topic/d', durable, 'd')
  next_frame.call('RECEIPT', follower)
  follower
end
follow.call.disconnect('receipt' => 'bye')
connection.publish('/topic/d', 'meanwhile')
seen[:durable] = next_frame.call('MESSAGE', follow.call).body

connection.publish('/nowhere', 'x', 'receipt' => 'r2')
error = next_frame.call('ERROR')
seen[:error] = [error.headers['message'], error.headers['receipt-id']]
puts JSON.generate(seen)

# ruby-stomp through everything that a client does; prints what it saw as JSON. Arguments: port, STOMP version.
require 'json'
require 'stomp'

port, version = ARGV[0].to_i, ARGV[1]
connection = Stomp::Connection.new(
  hosts: [{ login: 'ada', passcode: 'secret', host: '127.0.0.1', port: port }],
  connect_headers: { 'accept-version' => version, 'host' => 'localhost' },
  reliable: false
)
next_frame = lambda do |command|
  frame = connection.receive
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

connection.publish('/nowhere', 'x', 'receipt' => 'r2')
error = next_frame.call('ERROR')
seen[:error] = [error.headers['message'], error.headers['receipt-id']]
puts JSON.generate(seen)

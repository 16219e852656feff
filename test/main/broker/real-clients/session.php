<?php
// PHP's Stomp class through what it can; prints what it saw as JSON. Arguments: port, STOMP version.
[, $port, $version] = $argv;
function open(string $login): Stomp
{
    global $port, $version;
    $headers = ['accept-version' => $version, 'host' => 'localhost', 'client-id' => $login];
    $stomp = new Stomp("tcp://127.0.0.1:$port", $login, 'secret', $headers);
    $stomp->setReadTimeout(5);
    return $stomp;
}
$stomp = open('ada');

function next_message(Stomp $stomp): StompFrame
{
    $frame = $stomp->readFrame();
    if (!$frame) throw new Exception('no frame: ' . $stomp->error());
    if ($frame->command !== 'MESSAGE') throw new Exception("$frame->command instead of MESSAGE");
    return $frame;
}
$seen = [];

$stomp->subscribe('/topic/a', ['id' => '1']);
$stomp->send('/topic/a', '안녕', ['colour' => 'red']);
$message = next_message($stomp);
$seen['text'] = $message->body;
$seen['header'] = $message->headers['colour'];

$stomp->send('/topic/a', "\0\xff\xfe\0\n");
$seen['binary'] = array_values(unpack('C*', next_message($stomp)->body));

$stomp->subscribe('/queue/a', ['id' => '2', 'ack' => 'client']);
$stomp->send('/queue/a', 'first');
$message = next_message($stomp);
$stomp->ack($message->headers['message-id'], ['id' => $message->headers['ack'] ?? '', 'subscription' => '2']);

$stomp->begin('t');
foreach (['one', 'two'] as $body) $stomp->send('/topic/a', $body, ['transaction' => 't']);
$stomp->commit('t');
$seen['transaction'] = [next_message($stomp)->body, next_message($stomp)->body];

// A queue is read without taking; its message may be confirmed by message-id in 1.2 too.
$stomp->send('/queue/b', 'kept');
$stomp->subscribe('/queue/b', ['id' => '3', 'browser' => 'true']);
$seen['browsed'] = [next_message($stomp)->body, next_message($stomp)->headers['browser']];
$stomp->subscribe('/queue/b', ['id' => '4', 'ack' => 'client']);
$message = next_message($stomp);
$stomp->ack($message, ['id' => $message->headers['message-id']]);

// Of a durable subscription nothing is lost while nobody is there, with the headers of ActiveMQ.
function follow(): Stomp
{
    $follower = open('ben');
    $follower->subscribe('/topic/d', ['id' => 'd', 'activemq.subscriptionName' => 'd', 'receipt' => 'd']);
    return $follower;
}
$follower = follow();
unset($follower);
$stomp->send('/topic/d', 'meanwhile');
$seen['durable'] = next_message(follow())->body;

try {
    $stomp->send('/nowhere', 'x');
    next_message($stomp);
} catch (StompException $error) {
    $seen['error'] = $error->getMessage();
}
echo json_encode($seen), "\n";

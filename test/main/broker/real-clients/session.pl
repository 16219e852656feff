# Net::Stomp through everything that it can; prints what it saw as JSON. Arguments: port.
use strict;
use warnings;
use JSON::PP;
use Net::Stomp;

my ($port) = @ARGV;
my $stomp = Net::Stomp->new({ hostname => '127.0.0.1', port => $port });
my $connected = $stomp->connect({ login => 'ada', passcode => 'secret' });
die $connected->as_string unless $connected->command eq 'CONNECTED';

sub next_frame {
    my ($command) = @_;
    my $frame = $stomp->receive_frame({ timeout => 5 }) or die "no $command";
    die $frame->as_string unless $frame->command eq $command;
    return $frame;
}
my %seen;

$stomp->subscribe({ destination => '/topic/a', receipt => 'r1' });
next_frame('RECEIPT');
my $text = "\xec\x95\x88\xeb\x85\x95";
$stomp->send({ destination => '/topic/a', body => $text });
my $got = next_frame('MESSAGE')->body;
utf8::decode($got);
$seen{text} = $got;

$stomp->send({ destination => '/topic/a', body => "\0\xff\xfe\0\n", 'content-length' => 5 });
$seen{binary} = [ map { ord } split //, next_frame('MESSAGE')->body ];

$stomp->subscribe({ destination => '/queue/a', ack => 'client' });
$stomp->send({ destination => '/queue/a', body => 'first' });
my $message = next_frame('MESSAGE');
$stomp->nack({ frame => $message });
$message = next_frame('MESSAGE');
$seen{redelivered} = $message->headers->{redelivered};
$stomp->ack({ frame => $message });

$stomp->send_frame(Net::Stomp::Frame->new({ command => 'BEGIN', headers => { transaction => 't' } }));
$stomp->send({ destination => '/topic/a', body => $_, transaction => 't' }) for qw(one two);
$stomp->send_frame(Net::Stomp::Frame->new({ command => 'COMMIT', headers => { transaction => 't' } }));
$seen{transaction} = [ map { next_frame('MESSAGE')->body } 1, 2 ];

# A queue is read without taking.
$stomp->send({ destination => '/queue/b', body => 'kept' });
$stomp->subscribe({ destination => '/queue/b', browser => 'true' });
$seen{browsed} = [ next_frame('MESSAGE')->body, next_frame('MESSAGE')->headers->{browser} ];

# Of a durable subscription nothing is lost while nobody is there, with the headers of ActiveMQ.
sub follow {
    my $follower = Net::Stomp->new({ hostname => '127.0.0.1', port => $port });
    $follower->connect({ login => 'ben', passcode => 'secret', 'client-id' => 'ben' });
    $follower->subscribe({ destination => '/topic/d', 'activemq.subscriptionName' => 'd', receipt => 'd' });
    my $frame = $follower->receive_frame({ timeout => 5 }) or die 'no RECEIPT';
    die $frame->as_string unless $frame->command eq 'RECEIPT';
    return $follower;
}
follow()->disconnect;
$stomp->send({ destination => '/topic/d', body => 'meanwhile' });
my $follower = follow();
$seen{durable} = $follower->receive_frame({ timeout => 5 })->body;
$follower->unsubscribe({ destination => '/topic/d', 'activemq.subscriptionName' => 'd' });

$stomp->send({ destination => '/nowhere', body => 'x', receipt => 'r2' });
my $error = next_frame('ERROR');
$seen{error} = [ $error->headers->{message}, $error->headers->{'receipt-id'} ];
print JSON::PP->new->ascii->encode(\%seen), "\n";

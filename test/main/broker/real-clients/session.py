"""python3-stomp through everything that a client does; prints what it saw as JSON. Arguments: port, STOMP version."""
import json
import queue
import sys
import stomp

port, version = int(sys.argv[1]), sys.argv[2]
Connection = {"1.0": stomp.Connection10, "1.1": stomp.Connection11, "1.2": stomp.Connection12}[version]
frames = queue.Queue()


class Listener(stomp.ConnectionListener):
    def on_message(self, frame):
        frames.put(("MESSAGE", frame))

    def on_error(self, frame):
        frames.put(("ERROR", frame))

    def on_receipt(self, frame):
        frames.put(("RECEIPT", frame))


def next_frame(command):
    got, frame = frames.get(timeout=5)
    assert got == command, (got, frame.headers, frame.body)
    return frame


connection = Connection([("127.0.0.1", port)], auto_content_length=True, auto_decode=False)
connection.set_listener("", Listener())
connection.connect("ada", "secret", wait=True)
seen = {}

connection.subscribe("/topic/a", id="1", headers={"receipt": "r1"})
next_frame("RECEIPT")
connection.send("/topic/a", "안녕", headers={"colour": "a:b"})
message = next_frame("MESSAGE")
seen["text"] = message.body.decode()
seen["header"] = message.headers["colour"]

connection.send("/topic/a", b"\0\xff\xfe\0\n")
seen["binary"] = list(next_frame("MESSAGE").body)

connection.subscribe("/queue/a", id="2", ack="client-individual")
connection.send("/queue/a", "first")
message = next_frame("MESSAGE")
if version != "1.0":
    ident = message.headers["ack"] if version == "1.2" else message.headers["message-id"]
    connection.nack(ident) if version == "1.2" else connection.nack(ident, "2")
    message = next_frame("MESSAGE")
    seen["redelivered"] = message.headers["redelivered"]
if version == "1.2":
    connection.ack(message.headers["ack"])
elif version == "1.1":
    connection.ack(message.headers["message-id"], "2")
else:
    connection.ack(message.headers["message-id"])

transaction = connection.begin()
connection.send("/topic/a", "one", transaction=transaction)
connection.send("/topic/a", "two", transaction=transaction)
connection.commit(transaction)
seen["transaction"] = [next_frame("MESSAGE").body.decode() for _ in range(2)]

# A queue is read without taking, and refused for good.
connection.send("/queue/b", "kept")
connection.subscribe("/queue/b", id="3", headers={"browser": "true"})
seen["browsed"] = [next_frame("MESSAGE").body.decode(), next_frame("MESSAGE").headers["browser"]]
if version != "1.0":
    connection.subscribe("/queue/b", id="4", ack="client-individual")
    message = next_frame("MESSAGE")
    connection.send_frame("NACK", {"id": message.headers.get("ack", ""), "message-id": message.headers["message-id"], "subscription": "4", "requeue": "false"})
    connection.subscribe("/queue/DLQ.b", id="5")
    seen["dead"] = next_frame("MESSAGE").headers["x-first-death-reason"]


# Of a durable subscription nothing is lost while nobody is there, with the headers of RabbitMQ.
def follow():
    follower = Connection([("127.0.0.1", port)])
    follower.set_listener("", Listener())
    follower.connect("ben", "secret", wait=True)
    follower.subscribe("/topic/d", id="d", headers={"durable": "true", "auto-delete": "false", "receipt": "d"})
    next_frame("RECEIPT")
    return follower


follow().disconnect()
next_frame("RECEIPT")
connection.send("/topic/d", "meanwhile")
follower = follow()
seen["durable"] = next_frame("MESSAGE").body
follower.disconnect()
next_frame("RECEIPT")

connection.send("/nowhere", "x", headers={"receipt": "r2"})
error = next_frame("ERROR")
seen["error"] = [error.headers["message"], error.headers["receipt-id"]]
print(json.dumps(seen))

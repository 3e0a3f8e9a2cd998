"""What marketing knows of the taxi system: which routes people ask for and what each customer has spent, kept from its topic.

    python marketing.py BOOTSTRAP TABLE.db [TOPIC]
"""
import json
import signal
import sqlite3
import sys

from confluent_kafka import Consumer

bootstrap, table, topic = (sys.argv[1:] + ["taxiteam"])[:3]
db = sqlite3.connect(table)
db.executescript("""
    CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS routes (start TEXT, destination TEXT, requests INTEGER, PRIMARY KEY (start, destination));
    CREATE TABLE IF NOT EXISTS spending (customer TEXT PRIMARY KEY, won INTEGER);
""")


def requested(event):
    db.execute("INSERT INTO routes VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET requests = requests + 1",
               (event["startingPoint"], event["destination"]))


def spent(customer, won):
    db.execute("INSERT INTO spending VALUES (?, ?) ON CONFLICT DO UPDATE SET won = won + excluded.won", (customer, won))


HANDLERS = {
    "CatchRequested": requested,
    "PaymentApproved": lambda event: spent(event["customer"], event["price"]),
    "PaymentCancelled": lambda event: spent(event["customer"], -event["price"]),
}

consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "marketing", "auto.offset.reset": "earliest",
                     "enable.auto.commit": False, "topic.metadata.refresh.interval.ms": 1000})
running = True


def stop(*_):
    global running
    running = False


signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGINT, stop)
consumer.subscribe([topic])
while running:
    messages = [message for message in consumer.consume(500, timeout=0.2) if not message.error()]
    with db:  # the table, and which events it has seen, in one transaction: a message that comes again changes nothing
        for message in messages:
            headers = dict(message.headers())
            handler = HANDLERS.get(headers["type"].decode())
            if handler and db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (headers["ce_id"].decode(),)).rowcount:
                handler(json.loads(message.value()))
    if messages:
        consumer.commit(asynchronous=False)
consumer.close()

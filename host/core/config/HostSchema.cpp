#include "HostSchema.h"

#include <stdexcept>

namespace zoco::host
{

namespace
{

constexpr std::string_view kHostKeys = R"(
# Addresses that the shop is served on, with commas between; port 0 takes any free one; https://address:port is TLS.
host.listen.default = 127.0.0.1:8080
# Address of the operators' listener; empty: none. Away from this machine /metrics asks for a login too.
host.admin_listen.default = 127.0.0.1:8081
# Certificate (PEM, with those between it and the authority) of addresses that begin with https://; a reload reads it anew.
host.tls_certificate.type = path
host.tls_certificate.default =
# Its private key (PEM, no passphrase), in a file that only its owner may read.
host.tls_key.type = path
host.tls_key.default =
# The shop's address as the world sees it; empty: localhost and the real port of the first address.
host.public_url.default =
# Names that a request's Host may have, with commas between; empty: any.
host.hosts.default =
# Proxies in front, addresses or networks with commas between: their X-Forwarded-For tells the client's address.
host.trusted_proxies.default =
# Allows http as the public address beyond this machine, where session cookies then travel in clear.
host.insecure_cookies.type = bool
host.insecure_cookies.default = false
# Origins that the pages may send forms to, besides this shop, with commas between: those of a bank's pages, https://host:port.
host.form_targets.default =
# Whether the routes' rate limits count: on or off.
host.rate_limits.values = on, off
host.rate_limits.default = on
# Threads that run the handlers of one plugin, at most; they start when needed.
host.workers.type = int
host.workers.default = 8
host.workers.min = 1
host.workers.max = 512
# Requests that wait for a thread of one plugin, at most; more are answered 503.
host.plugin_queue.type = int
host.plugin_queue.default = 4096
host.plugin_queue.min = 1
host.plugin_queue.max = 100000
# Event loops that read and write connections.
host.loops.type = int
host.loops.default = 1
host.loops.min = 1
host.loops.max = 64
# Time for a handler to answer, when its route does not say another; then 504.
host.request_timeout_ms.type = int
host.request_timeout_ms.default = 10000
host.request_timeout_ms.min = 1
# Hours that answers to requests with an Idempotency-Key are kept, to be sent again.
host.idempotency_hours.type = int
host.idempotency_hours.default = 24
host.idempotency_hours.min = 1
host.idempotency_hours.max = 8760
# Key of these requests' fingerprints, at least 32 bytes; hosts with one database need the same. Empty: made in data.dir.
host.idempotency_key_file.type = path
host.idempotency_key_file.default =
# File of the keys that fields are encrypted with, for its owner only; empty: keys in data.dir, made at the first start.
	host.keys_file.type = path
	host.keys_file.default =
	# A command that writes these keys, such as one that asks a vault; run at each start by /bin/sh. Empty: none.
	host.keys_command.default =
	# These keys themselves.
	host.keys.secret = true
	host.keys.default =
	# Bytes of a request's body, when its route does not say another limit; more is 413.
host.body_limit.type = int
host.body_limit.default = 1048576
host.body_limit.min = 0
# Bytes of a request's header section; more is 431.
host.max_header_bytes.type = int
host.max_header_bytes.default = 32768
host.max_header_bytes.min = 1024
host.max_header_bytes.max = 1048576
# Time for a whole request head to arrive; then 408.
host.header_timeout_ms.type = int
host.header_timeout_ms.default = 10000
host.header_timeout_ms.min = 10
# Bytes of memory for bodies that are arriving, in all; one client may have a quarter of it; more is 503.
host.body_memory.type = int
host.body_memory.default = 268435456
host.body_memory.min = 1048576
# Bytes per second that a body must arrive with, and an answer be taken with, after five seconds; slower is ended.
host.body_min_rate.type = int
host.body_min_rate.default = 1024
host.body_min_rate.min = 1
# Time after which a connection without a request is closed.
host.idle_timeout_ms.type = int
host.idle_timeout_ms.default = 60000
host.idle_timeout_ms.min = 10
# Time in which a client must take some of its answer; then the connection is closed.
host.write_timeout_ms.type = int
host.write_timeout_ms.default = 30000
host.write_timeout_ms.min = 10
# Connections in all; the next one is closed at once.
host.max_connections.type = int
host.max_connections.default = 20000
host.max_connections.min = 1
# Connections of one client address; 0: no limit. Those of host.trusted_proxies are limited only in all.
host.max_connections_per_client.type = int
host.max_connections_per_client.default = 2048
host.max_connections_per_client.min = 0
# How long durable events are kept that all who subscribed have handled.
host.events_keep_ms.type = int
host.events_keep_ms.default = 604800000
host.events_keep_ms.min = 1000
# Time for open requests to end after SIGTERM.
host.drain_timeout_ms.type = int
host.drain_timeout_ms.default = 10000
host.drain_timeout_ms.min = 0
# Time for each step of a plugin's start.
host.plugin_start_timeout_ms.type = int
host.plugin_start_timeout_ms.default = 10000
host.plugin_start_timeout_ms.min = 1
# Time for a plugin's stop.
host.plugin_stop_timeout_ms.type = int
host.plugin_stop_timeout_ms.default = 5000
host.plugin_stop_timeout_ms.min = 1
# Certificate (PEM) that this gateway shows to nodes, for plugins whose placement is remote.
host.remote_certificate.type = path
host.remote_certificate.default =
# Its private key (PEM, no passphrase), in a file that only its owner may read.
host.remote_key.type = path
host.remote_key.default =
# Certificate (PEM) of the authority whose nodes are trusted.
host.remote_ca.type = path
host.remote_ca.default =
# Certificates (PEM) of further authorities that servers elsewhere may show when plugins ask them; empty: the system's.
host.ca_file.type = path
host.ca_file.default =
# Address that zoco node serves gateways on; port 0 takes any free one; empty: none.
node.listen.default =
# Certificate (PEM) that a node shows to gateways.
node.certificate.type = path
node.certificate.default =
# Its private key (PEM, no passphrase), in a file that only its owner may read.
node.key.type = path
node.key.default =
# Certificate (PEM) of the authority whose gateways may have plugins run.
node.ca.type = path
node.ca.default =
# Where mails are handed over: smtp://user@host:port (with STARTTLS) or smtps://user@host:port; empty: .eml files below data.dir/mail.
mail.url.default =
# The password of the user in mail.url.
mail.password.type = text
mail.password.secret = true
# The sender of all mails: an address, or "Shop <shop@shop.example>".
mail.from.default = zoco@localhost
# Whether smtp:// without TLS is refused: required, or off for a server that is reached over a private network.
mail.tls.values = required, off
mail.tls.default = required
# The first pause after a mail could not be sent; each one is twice as long as that before, up to two hours, for two days.
mail.retry_ms.type = int
mail.retry_ms.default = 30000
mail.retry_ms.min = 1
mail.retry_ms.max = 7200000
# What is logged: error, warning, info or debug, each with those before it.
log.level.values = error, warning, info, debug
log.level.default = info
# File of the log; -: standard error.
log.file.default = -
# Whether every request is logged: on or off.
log.access.values = on, off
log.access.default = on
# File of the requests' log; -: standard error.
log.access_file.default = -
# Folder that everything is written below.
data.dir.type = path
data.dir.default = zoco-data
# Folder of the web pages; empty: the one that came with this program.
web.root.type = path
web.root.default =
# Folders that plugins are looked for in, with colons between; empty: the one that came with this program.
plugins.path.default =
# Plugins that run when nothing else is said, with commas between.
plugins.default.default = gestorbbdd, catalogo, usuarios, pedidos, pagos
)";

constexpr std::string_view kPluginKeys = R"(
# Whether the plugin runs.
enabled.type = bool
# Where it runs: inproc, process (a process of its own, which may crash alone), or remote (on a node, see address).
placement.values = inproc, process, remote
placement.default = inproc
# The node that runs it, host:port, when a placement is remote; its certificate must have this name or address.
address.default =
# Bytes of address space of its process, when placement is process; 0: no limit of its own.
memory_limit.type = int
memory_limit.default = 0
memory_limit.min = 0
# Open files of its process, when placement is process; 0: as many as the host.
descriptors.type = int
descriptors.default = 0
descriptors.min = 0
# Its library, when it does not lie in plugins.path as <id>.so.
library.type = path
library.default =
# Another version of it that gets some of its requests: its library; empty: the same one.
canary_library.type = path
canary_library.default =
# Where that one runs; empty: where the plugin runs. There is a canary when this or canary_library is set.
canary_placement.values = , inproc, process, remote
canary_placement.default =
# Percent of the requests that go to the canary.
canary_weight.type = int
canary_weight.min = 0
canary_weight.max = 100
canary_weight.default = 0
# A header that sends a request to the canary: its name, or name and value such as "X-Canary: yes".
canary_header.default =
)";

ConfigSchema parseOwn(std::string_view text)
{
    ConfigErrors errors;
    auto schema = ConfigSchema::parse(text, "schema", errors);
    if (!errors.empty()) throw std::logic_error(errors.front().text());
    return schema;
}

} // namespace

const ConfigSchema& hostSchema()
{
    static const ConfigSchema schema = parseOwn(kHostKeys);
    return schema;
}

const ConfigSchema& pluginSchema()
{
    static const ConfigSchema schema = parseOwn(kPluginKeys);
    return schema;
}

} // namespace zoco::host

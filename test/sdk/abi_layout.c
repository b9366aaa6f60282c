/* Prints the layout of everything in zoco/abi, one fact per line, for the comparison with abi_layout.golden. */

#include "zoco/abi/base.h"
#include "zoco/abi/commands.h"
#include "zoco/abi/config.h"
#include "zoco/abi/crypto.h"
#include "zoco/abi/events.h"
#include "zoco/abi/executor.h"
#include "zoco/abi/files.h"
#include "zoco/abi/health.h"
#include "zoco/abi/http.h"
#include "zoco/abi/http_client.h"
#include "zoco/abi/log.h"
#include "zoco/abi/metrics.h"
#include "zoco/abi/plugin.h"
#include "zoco/abi/services.h"
#include "zoco/abi/state.h"

#include <stdio.h>

#define STRUCT(type) printf(#type " size %zu align %zu\n", sizeof(type), _Alignof(type))
#define MEMBER(type, name) printf(#type "." #name " at %zu size %zu\n", offsetof(type, name), sizeof(((type*)0)->name))
#define NUMBER(name) printf(#name " = %lld\n", (long long)(name))
#define TEXT(name) printf(#name " = \"%s\"\n", name)

static void print_base(void)
{
    NUMBER(ZOCO_ABI_MAGIC);
    NUMBER(ZOCO_ABI_MAJOR);
    NUMBER(ZOCO_ABI_MINOR);
    NUMBER(ZOCO_OK);
    NUMBER(ZOCO_DEFERRED);
    NUMBER(ZOCO_E_FAILED);
    NUMBER(ZOCO_E_UNSUPPORTED);
    NUMBER(ZOCO_E_INVALID);
    NUMBER(ZOCO_E_DEADLINE);
    NUMBER(ZOCO_E_MISUSE);
    NUMBER(ZOCO_E_UNAVAILABLE);
    NUMBER(ZOCO_E_UNKNOWN_OUTCOME);
    NUMBER(ZOCO_E_GUARD);
    NUMBER(ZOCO_E_DUPLICATE);
    NUMBER(ZOCO_E_CONSTRAINT);
    NUMBER(ZOCO_NULL);
    NUMBER(ZOCO_BOOL);
    NUMBER(ZOCO_INT);
    NUMBER(ZOCO_REAL);
    NUMBER(ZOCO_TEXT);
    NUMBER(ZOCO_BLOB);
    NUMBER(ZOCO_TIME);
    NUMBER(ZOCO_LIST);
    NUMBER(ZOCO_REF);
    STRUCT(zoco_str);
    MEMBER(zoco_str, data);
    MEMBER(zoco_str, size);
    STRUCT(zoco_bytes);
    MEMBER(zoco_bytes, data);
    MEMBER(zoco_bytes, size);
    STRUCT(zoco_blob);
    MEMBER(zoco_blob, data);
    MEMBER(zoco_blob, size);
    MEMBER(zoco_blob, release);
    MEMBER(zoco_blob, ctx);
    STRUCT(zoco_pair);
    MEMBER(zoco_pair, name);
    MEMBER(zoco_pair, value);
    STRUCT(zoco_problem);
    MEMBER(zoco_problem, struct_size);
    MEMBER(zoco_problem, status);
    MEMBER(zoco_problem, slug);
    MEMBER(zoco_problem, title);
    MEMBER(zoco_problem, detail);
    MEMBER(zoco_problem, errors);
    MEMBER(zoco_problem, error_count);
    MEMBER(zoco_problem, retry_after);
    STRUCT(zoco_value);
    MEMBER(zoco_value, kind);
    MEMBER(zoco_value, aux);
    MEMBER(zoco_value, as);
    MEMBER(zoco_value, as.i);
    MEMBER(zoco_value, as.d);
    MEMBER(zoco_value, as.b);
    MEMBER(zoco_value, as.list);
    STRUCT(zoco_field);
    MEMBER(zoco_field, name);
    MEMBER(zoco_field, value);
}

static void print_plugin(void)
{
    NUMBER(ZOCO_REENTRANT);
    NUMBER(ZOCO_SERIAL);
    STRUCT(zoco_host);
    MEMBER(zoco_host, struct_size);
    MEMBER(zoco_host, self);
    MEMBER(zoco_host, get_interface);
    MEMBER(zoco_host, report);
    STRUCT(zoco_plugin);
    MEMBER(zoco_plugin, struct_size);
    MEMBER(zoco_plugin, self);
    MEMBER(zoco_plugin, init);
    MEMBER(zoco_plugin, start);
    MEMBER(zoco_plugin, stop);
    MEMBER(zoco_plugin, destroy);
    MEMBER(zoco_plugin, get_interface);
    STRUCT(zoco_resource);
    MEMBER(zoco_resource, kind);
    MEMBER(zoco_resource, name);
    MEMBER(zoco_resource, data);
    STRUCT(zoco_plugin_entry);
    MEMBER(zoco_plugin_entry, magic);
    MEMBER(zoco_plugin_entry, abi_major);
    MEMBER(zoco_plugin_entry, abi_minor);
    MEMBER(zoco_plugin_entry, struct_size);
    MEMBER(zoco_plugin_entry, concurrency);
    MEMBER(zoco_plugin_entry, id);
    MEMBER(zoco_plugin_entry, version);
    MEMBER(zoco_plugin_entry, provides);
    MEMBER(zoco_plugin_entry, needs);
    MEMBER(zoco_plugin_entry, uses);
    MEMBER(zoco_plugin_entry, resources);
    MEMBER(zoco_plugin_entry, create);
}

static void print_http(void)
{
    TEXT(ZOCO_HTTP);
    NUMBER(ZOCO_AUTH_USER);
    NUMBER(ZOCO_AUTH_PUBLIC);
    NUMBER(ZOCO_AUTH_VISITOR);
    NUMBER(ZOCO_AUTH_ROLE);
    NUMBER(ZOCO_AUTH_INTERNAL);
    NUMBER(ZOCO_ROUTE_IDEMPOTENT);
    NUMBER(ZOCO_ROUTE_NON_BLOCKING);
    NUMBER(ZOCO_IDEMPOTENCY_ACCEPTED);
    NUMBER(ZOCO_IDEMPOTENCY_REQUIRED);
    STRUCT(zoco_idempotency);
    MEMBER(zoco_idempotency, struct_size);
    MEMBER(zoco_idempotency, key);
    MEMBER(zoco_idempotency, route);
    MEMBER(zoco_idempotency, subject);
    MEMBER(zoco_idempotency, fingerprint);
    STRUCT(zoco_request);
    MEMBER(zoco_request, struct_size);
    MEMBER(zoco_request, param_count);
    MEMBER(zoco_request, header_count);
    MEMBER(zoco_request, claim_count);
    MEMBER(zoco_request, method);
    MEMBER(zoco_request, path);
    MEMBER(zoco_request, query);
    MEMBER(zoco_request, params);
    MEMBER(zoco_request, headers);
    MEMBER(zoco_request, claims);
    MEMBER(zoco_request, body);
    MEMBER(zoco_request, request_id);
    MEMBER(zoco_request, traceparent);
    MEMBER(zoco_request, tracestate);
    MEMBER(zoco_request, client_address);
    MEMBER(zoco_request, public_url);
    MEMBER(zoco_request, deadline_ns);
    MEMBER(zoco_request, idempotency);
    STRUCT(zoco_responder);
    MEMBER(zoco_responder, struct_size);
    MEMBER(zoco_responder, self);
    MEMBER(zoco_responder, send);
    MEMBER(zoco_responder, fail);
    MEMBER(zoco_responder, is_cancelled);
    MEMBER(zoco_responder, release);
    STRUCT(zoco_route);
    MEMBER(zoco_route, struct_size);
    MEMBER(zoco_route, auth);
    MEMBER(zoco_route, method);
    MEMBER(zoco_route, pattern);
    MEMBER(zoco_route, role);
    MEMBER(zoco_route, flags);
    MEMBER(zoco_route, timeout_ms);
    MEMBER(zoco_route, body_limit);
    MEMBER(zoco_route, rate_count);
    MEMBER(zoco_route, rate_window_ms);
    MEMBER(zoco_route, cache_control);
    MEMBER(zoco_route, openapi);
    MEMBER(zoco_route, handler);
    MEMBER(zoco_route, ctx);
    MEMBER(zoco_route, idempotency);
    STRUCT(zoco_http);
    MEMBER(zoco_http, struct_size);
    MEMBER(zoco_http, self);
    MEMBER(zoco_http, route);
}

static void print_config(void)
{
    TEXT(ZOCO_CONFIG);
    STRUCT(zoco_config);
    MEMBER(zoco_config, struct_size);
    MEMBER(zoco_config, self);
    MEMBER(zoco_config, get);
}

static void print_log(void)
{
    TEXT(ZOCO_LOG);
    NUMBER(ZOCO_LOG_ERROR);
    NUMBER(ZOCO_LOG_WARNING);
    NUMBER(ZOCO_LOG_INFO);
    NUMBER(ZOCO_LOG_DEBUG);
    STRUCT(zoco_log);
    MEMBER(zoco_log, struct_size);
    MEMBER(zoco_log, self);
    MEMBER(zoco_log, is_enabled);
    MEMBER(zoco_log, write);
}

static void print_executor(void)
{
    TEXT(ZOCO_EXECUTOR);
    STRUCT(zoco_executor);
    MEMBER(zoco_executor, struct_size);
    MEMBER(zoco_executor, self);
    MEMBER(zoco_executor, post);
    MEMBER(zoco_executor, post_after);
    MEMBER(zoco_executor, cancel);
    MEMBER(zoco_executor, post_background);
}

static void print_files(void)
{
    TEXT(ZOCO_FILES);
    STRUCT(zoco_files);
    MEMBER(zoco_files, struct_size);
    MEMBER(zoco_files, self);
    MEMBER(zoco_files, folder);
}

static void print_http_client(void)
{
    TEXT(ZOCO_HTTP_CLIENT);
    NUMBER(ZOCO_REACH_ANY);
    NUMBER(ZOCO_REACH_PUBLIC);
    STRUCT(zoco_client_request);
    MEMBER(zoco_client_request, struct_size);
    MEMBER(zoco_client_request, header_count);
    MEMBER(zoco_client_request, method);
    MEMBER(zoco_client_request, url);
    MEMBER(zoco_client_request, headers);
    MEMBER(zoco_client_request, body);
    MEMBER(zoco_client_request, timeout_ms);
    MEMBER(zoco_client_request, most_bytes);
    MEMBER(zoco_client_request, reach);
    STRUCT(zoco_client_reply);
    MEMBER(zoco_client_reply, struct_size);
    MEMBER(zoco_client_reply, status);
    MEMBER(zoco_client_reply, headers);
    MEMBER(zoco_client_reply, header_count);
    MEMBER(zoco_client_reply, body);
    MEMBER(zoco_client_reply, fault);
    STRUCT(zoco_http_client);
    MEMBER(zoco_http_client, struct_size);
    MEMBER(zoco_http_client, self);
    MEMBER(zoco_http_client, send);
    MEMBER(zoco_http_client, most_reach);
}

static void print_services(void)
{
    TEXT(ZOCO_SERVICES);
    STRUCT(zoco_step);
    MEMBER(zoco_step, operation);
    MEMBER(zoco_step, args);
    MEMBER(zoco_step, arg_count);
    MEMBER(zoco_step, expect_rows);
    STRUCT(zoco_call);
    MEMBER(zoco_call, struct_size);
    MEMBER(zoco_call, step_count);
    MEMBER(zoco_call, steps);
    MEMBER(zoco_call, deadline_ns);
    MEMBER(zoco_call, request_id);
    MEMBER(zoco_call, traceparent);
    STRUCT(zoco_sink);
    MEMBER(zoco_sink, struct_size);
    MEMBER(zoco_sink, self);
    MEMBER(zoco_sink, columns);
    MEMBER(zoco_sink, row);
    MEMBER(zoco_sink, done);
    MEMBER(zoco_sink, problem);
    STRUCT(zoco_service);
    MEMBER(zoco_service, struct_size);
    MEMBER(zoco_service, self);
    MEMBER(zoco_service, resolve);
    MEMBER(zoco_service, call);
    STRUCT(zoco_consumer);
    MEMBER(zoco_consumer, struct_size);
    MEMBER(zoco_consumer, generation);
    MEMBER(zoco_consumer, plugin_id);
    MEMBER(zoco_consumer, plugin_version);
    MEMBER(zoco_consumer, resources);
    STRUCT(zoco_provider);
    MEMBER(zoco_provider, struct_size);
    MEMBER(zoco_provider, self);
    MEMBER(zoco_provider, attach);
    MEMBER(zoco_provider, detach);
    MEMBER(zoco_provider, resolve);
    MEMBER(zoco_provider, call);
    STRUCT(zoco_services);
    MEMBER(zoco_services, struct_size);
    MEMBER(zoco_services, self);
    MEMBER(zoco_services, provide);
    MEMBER(zoco_services, find);
}

static void print_commands(void)
{
    TEXT(ZOCO_COMMANDS);
    STRUCT(zoco_terminal);
    MEMBER(zoco_terminal, struct_size);
    MEMBER(zoco_terminal, self);
    MEMBER(zoco_terminal, out);
    MEMBER(zoco_terminal, error);
    MEMBER(zoco_terminal, progress);
    MEMBER(zoco_terminal, is_cancelled);
    STRUCT(zoco_command_call);
    MEMBER(zoco_command_call, struct_size);
    MEMBER(zoco_command_call, arg_count);
    MEMBER(zoco_command_call, args);
    MEMBER(zoco_command_call, working_folder);
    MEMBER(zoco_command_call, terminal);
    MEMBER(zoco_command_call, public_url);
    STRUCT(zoco_command);
    MEMBER(zoco_command, struct_size);
    MEMBER(zoco_command, name);
    MEMBER(zoco_command, summary);
    MEMBER(zoco_command, help);
    MEMBER(zoco_command, run);
    MEMBER(zoco_command, ctx);
    STRUCT(zoco_commands);
    MEMBER(zoco_commands, struct_size);
    MEMBER(zoco_commands, self);
    MEMBER(zoco_commands, add);
}

static void print_health(void)
{
    TEXT(ZOCO_HEALTH);
    NUMBER(ZOCO_HEALTH_GOOD);
    NUMBER(ZOCO_HEALTH_DEGRADED);
    NUMBER(ZOCO_HEALTH_BAD);
    STRUCT(zoco_health);
    MEMBER(zoco_health, struct_size);
    MEMBER(zoco_health, self);
    MEMBER(zoco_health, check);
}

static void print_state(void)
{
    TEXT(ZOCO_STATE);
    STRUCT(zoco_state);
    MEMBER(zoco_state, struct_size);
    MEMBER(zoco_state, self);
    MEMBER(zoco_state, save);
    MEMBER(zoco_state, load);
}

static void print_metrics(void)
{
    TEXT(ZOCO_METRICS);
    NUMBER(ZOCO_COUNTER);
    NUMBER(ZOCO_GAUGE);
    NUMBER(ZOCO_HISTOGRAM);
    STRUCT(zoco_metric);
    MEMBER(zoco_metric, struct_size);
    MEMBER(zoco_metric, kind);
    MEMBER(zoco_metric, name);
    MEMBER(zoco_metric, help);
    MEMBER(zoco_metric, labels);
    MEMBER(zoco_metric, label_count);
    MEMBER(zoco_metric, bound_count);
    MEMBER(zoco_metric, bounds);
    STRUCT(zoco_metrics);
    MEMBER(zoco_metrics, struct_size);
    MEMBER(zoco_metrics, self);
    MEMBER(zoco_metrics, declare);
    MEMBER(zoco_metrics, add);
    MEMBER(zoco_metrics, set);
    MEMBER(zoco_metrics, observe);
}

static void print_events(void)
{
    TEXT(ZOCO_EVENTS);
    NUMBER(ZOCO_COMPETING);
    NUMBER(ZOCO_BROADCAST);
    STRUCT(zoco_event);
    MEMBER(zoco_event, struct_size);
    MEMBER(zoco_event, field_count);
    MEMBER(zoco_event, topic);
    MEMBER(zoco_event, fields);
    MEMBER(zoco_event, publisher);
    MEMBER(zoco_event, sequence);
    MEMBER(zoco_event, time_us);
    MEMBER(zoco_event, number);
    STRUCT(zoco_subscription);
    MEMBER(zoco_subscription, struct_size);
    MEMBER(zoco_subscription, kind);
    MEMBER(zoco_subscription, topic);
    MEMBER(zoco_subscription, queue_limit);
    MEMBER(zoco_subscription, handler);
    MEMBER(zoco_subscription, ctx);
    STRUCT(zoco_events);
    MEMBER(zoco_events, struct_size);
    MEMBER(zoco_events, self);
    MEMBER(zoco_events, publish);
    MEMBER(zoco_events, subscribe);
}

static void print_crypto(void)
{
    TEXT(ZOCO_CRYPTO);
    NUMBER(ZOCO_BLIND_INDEX_SIZE);
    STRUCT(zoco_rotation);
    MEMBER(zoco_rotation, struct_size);
    MEMBER(zoco_rotation, is_over);
    MEMBER(zoco_rotation, done);
    MEMBER(zoco_rotation, total);
    MEMBER(zoco_rotation, cursor);
    STRUCT(zoco_rotator);
    MEMBER(zoco_rotator, struct_size);
    MEMBER(zoco_rotator, name);
    MEMBER(zoco_rotator, page);
    MEMBER(zoco_rotator, ctx);
    STRUCT(zoco_crypto);
    MEMBER(zoco_crypto, struct_size);
    MEMBER(zoco_crypto, self);
    MEMBER(zoco_crypto, seal);
    MEMBER(zoco_crypto, open);
    MEMBER(zoco_crypto, is_current);
    MEMBER(zoco_crypto, blind_index);
    MEMBER(zoco_crypto, random);
    MEMBER(zoco_crypto, on_rotate);
}

int main(void)
{
    print_base();
    print_plugin();
    print_http();
    print_config();
    print_log();
    print_executor();
    print_files();
    print_http_client();
    print_services();
    print_commands();
    print_health();
    print_state();
    print_metrics();
    print_events();
    print_crypto();
    return 0;
}

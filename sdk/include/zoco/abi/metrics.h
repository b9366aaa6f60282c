/* "zoco.metrics/1" (draft): figures that the host shows to operators, in the form of Prometheus, at GET /metrics.
 *
 * A plugin declares every series in init and updates it afterwards; so their number is bounded, whatever clients send.
 * Names of products, users or paths are no labels. */
#ifndef ZOCO_ABI_METRICS_H
#define ZOCO_ABI_METRICS_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_METRICS "zoco.metrics/1"

    enum
    {
        ZOCO_COUNTER = 1,  /* only grows */
        ZOCO_GAUGE = 2,    /* goes up and down */
        ZOCO_HISTOGRAM = 3 /* how often values fell below each bound, their number and their sum */
    };

    /* A declared series. The host's; valid until the plugin's destroy returns. */
    typedef struct zoco_series zoco_series;

    /* What a series is. Series of one name differ in the values of their labels; kind, label names and bounds are then
     * the same. Borrowed until `declare` returns. */
    typedef struct zoco_metric
    {
        uint32_t struct_size;
        uint32_t kind;
        /* [a-z][a-z0-9_]*, at most 60, base units at its end: "busquedas_total", "espera_seconds". A counter's name
         * ends in _total, another's does not, nor in _bucket, _sum or _count. Operators see
         * zoco_plugin_<id>_<name>. */
        const char* name;
        const char* help;        /* one line; the first declaration's is shown */
        const zoco_pair* labels; /* names as above, at most 40, without "le"; values at most 100 bytes; null = none */
        uint32_t label_count;    /* at most 6 */
        uint32_t bound_count;    /* at most 40; 0: the host's own, for durations in seconds from 0.5 ms to 10 s */
        const double* bounds;    /* of a histogram, growing; the one for everything is the host's */
    } zoco_metric;

    typedef struct zoco_metrics
    {
        uint32_t struct_size;
        void* self;
        /* [lifecycle, in init] A series that an earlier generation declared as well goes on with its figures.
         * ZOCO_E_INVALID: a rule above is broken, or this instance declared it already, or the name is another
         * plugin's; ZOCO_E_UNAVAILABLE: the plugin has 1,000 series. The reason goes to zoco_host.report. */
        zoco_status (*declare)(void* self, const zoco_metric* metric, zoco_series** out);
        /* [any-thread] These neither wait nor allocate. ZOCO_E_INVALID, and nothing happens: not for this kind, null,
         * not a finite number, or less than 0 for a counter. */
        zoco_status (*add)(zoco_series* series, double by);        /* counter, gauge */
        zoco_status (*set)(zoco_series* series, double value);     /* gauge */
        zoco_status (*observe)(zoco_series* series, double value); /* histogram */
    } zoco_metrics;

#ifdef __cplusplus
}
#endif

#endif

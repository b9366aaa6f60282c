#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zoco::host
{

/// The labels of one series, in the order of their declaration.
using MetricLabels = std::vector<std::pair<std::string, std::string>>;

/// Writes metrics in Prometheus' text form 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). A family is
/// begun once, its series follow. One user.
class MetricText
{
public:
    /// The lines HELP and TYPE; `type` is "counter", "gauge" or "histogram".
    void family(std::string_view name, std::string_view type, std::string_view help);
    /// One sample of the family that was begun last; `suffix` is "", "_bucket", "_sum" or "_count".
    void sample(std::string_view suffix, const MetricLabels& labels, double value);
    /// The same of a histogram's bucket: the values up to `bound`.
    void bucket(const MetricLabels& labels, double bound, double count);

    std::string take() { return std::move(_text); }

private:
    void line(std::string_view suffix, const MetricLabels& labels, std::string_view bound, double value);

    std::string _text;
    std::string _name;
};

} // namespace zoco::host

#pragma once

#include "routing/RoutePattern.h"
#include "zoco/abi/http.h"

#include <cstdint>
#include <string>
#include <vector>

namespace zoco::host::trial
{

/// What stands for the parameters of patterns, one after the other.
inline constexpr const char* kSamples[] = {"1", "abc"};

/// A plain, well-formed request to a route, as the checks send it. Immutable; views lead into it.
class SampleRequest
{
public:
    /// Whom the route asks for is logged in; `sample` stands for every parameter of the pattern.
    SampleRequest(const std::string& method, const RoutePattern& pattern, std::uint32_t auth, const std::string& role,
                  const std::string& sample);
    SampleRequest(const SampleRequest&) = delete;
    SampleRequest& operator=(const SampleRequest&) = delete;

    const zoco_request& raw() const noexcept { return _raw; }
    /// Method and path.
    const std::string& name() const noexcept { return _name; }

private:
    void fill(const RoutePattern& pattern, std::uint32_t auth);

    const std::string _method;
    const std::string _path;
    const std::string _sample;
    const std::string _role;
    const std::string _name;
    std::vector<std::string> _paramNames;
    std::vector<zoco_pair> _params;
    std::vector<zoco_pair> _headers;
    std::vector<zoco_pair> _claims;
    zoco_request _raw{};
};

} // namespace zoco::host::trial

#pragma once

#include "zoco/Provider.h"

namespace pedidos
{

/// A service without operations, that stands for those which this plugin publishes to the data service: who calls them
/// lists it in `needs`, and so starts after this plugin, and not without it.
class Servicio final : public zoco::Provider
{
public:
    static constexpr const char* kId = "zoco.pedidos/1";

    using Provider::Provider;

    zoco_operation resolve(zoco::ConsumerNote*, std::string_view, std::span<const std::string_view>) override
    {
        throw zoco::ProblemException(
            {500, "operation", "zoco.pedidos/1 has no operations", "", {}, ZOCO_E_UNSUPPORTED});
    }
    zoco_status call(zoco::ConsumerNote*, const zoco::ServiceCall&, const zoco::ServiceSink&) override
    {
        return ZOCO_E_INVALID;
    }
};

} // namespace pedidos

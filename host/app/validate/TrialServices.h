#pragma once

#include "AbiStruct.h"

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace zoco::host::trial
{

/// zoco.services/1 without other plugins. Every service that the plugin needs or uses is a stand-in: it knows each
/// operation and answers each step with no rows; a guard on changed rows is met.
class TrialServices
{
public:
    /// `lent`: the ids to stand in for; `declared`: what the plugin may offer.
    TrialServices(const std::vector<std::string>& lent, std::vector<std::string> declared, Shape shape);

    const zoco_services* raw() const noexcept { return _table.get(); }
    /// Services that the entry declares and the plugin has not offered.
    std::vector<std::string> missing() const;
    /// [any-thread]
    std::uint64_t calls() const noexcept { return _calls.load(); }

private:
    static zoco_status provide(void* self, const char* id, zoco_provider* provider);
    static zoco_service* find(void* self, const char* id);
    static zoco_status resolve(zoco_service* service, zoco_str operation, const zoco_str* params, uint32_t count,
                               zoco_operation* out);
    static zoco_status call(zoco_service* service, const zoco_call* call, zoco_sink* sink);

    AbiStruct<zoco_services> _table;
    std::map<std::string, std::unique_ptr<AbiStruct<zoco_service>>, std::less<>> _lent;
    std::vector<std::string> _declared;
    std::vector<std::string> _offered;
    std::atomic<std::uint64_t> _calls{0};
    std::atomic<zoco_operation> _nextOperation{1};
};

} // namespace zoco::host::trial

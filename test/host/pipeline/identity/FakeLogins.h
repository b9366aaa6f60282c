#pragma once

#include "core/Log.h"
#include "pipeline/identity/TokenHash.h"
#include "services/ServiceRegistry.h"
#include "zoco/AuthProvider.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace zoco::host::test
{

/// A zoco.auth/1 whose sessions a test makes. [any-thread]
class FakeLogins final : public AuthProvider
{
public:
    explicit FakeLogins(ServiceRegistry& registry) : AuthProvider(zoco::Log(nullptr)), _registry(registry) {}

    /// Makes it what the host asks, as a plugin of this name; or nobody.
    void offer(const std::string& plugin = "usuarios") { change(plugin); }
    void withdraw() { change({}); }

    /// A new session's token.
    std::string logIn(const std::string& user, const std::string& roles = "cliente", std::int64_t seconds = 3600);
    void end(const std::string& token);
    void setStatus(zoco_status status) { _status = status; }
    /// Answers wait inside until it is released.
    void hold();
    void release();
    /// Once somebody waits inside.
    bool isAsked() const { return _waiting > 0; }
    int questions() const { return _questions; }

    std::optional<AuthSession> session(const CallContext& context, std::string_view fingerprint) override;
    std::optional<FreshLogin> stepUp(const CallContext&, std::string_view, std::string_view, std::int64_t) override
    {
        return std::nullopt;
    }

private:
    void change(const std::string& plugin);

    ServiceRegistry& _registry;
    std::string _plugin;
    std::atomic<zoco_status> _status{ZOCO_OK};
    std::atomic<int> _questions{0};
    std::atomic<int> _waiting{0};
    std::mutex _mutex; ///< of what follows
    std::condition_variable _released;
    bool _isHeld = false;
    int _made = 0;
    std::map<std::string, AuthSession> _sessions; ///< by fingerprint
};

} // namespace zoco::host::test

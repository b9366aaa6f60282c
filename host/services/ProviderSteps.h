#pragma once

#include <functional>
#include <memory>
#include <string>

namespace zoco::host
{

/// What a provider does about one of its consumers.
enum class ProviderStep
{
    Attach = 1,
    Resolve,
    Detach
};

/// The life of an instance that offers services, as those see it who bring it consumers.
class ProviderSteps
{
public:
    /// Runs a step on the thread of the provider's life. False when it does not end within its deadline, or an earlier
    /// one has not: `reason` then names plugin and step, and what the step touches must stay alive. [lifecycle]
    virtual bool lead(ProviderStep step, std::function<void()> body, std::string& reason) = 0;
    /// A step of it hangs: nothing is to be asked of it any more. [any-thread]
    virtual bool hangs() const noexcept = 0;
    /// Keeps what the provider may still look at, as long as the instance lives. [any-thread]
    virtual void keep(std::shared_ptr<const void> borrowed) = 0;

protected:
    ~ProviderSteps() = default;
};

} // namespace zoco::host

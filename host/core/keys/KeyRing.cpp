#include "KeyRing.h"

#include <memory>
#include <utility>

namespace zoco::host
{

KeyRing::KeyRing(KeySet first) : _editions(std::make_unique<Edition>(Edition{std::move(first), 0})) {}

void KeyRing::set(KeySet next)
{
    const std::lock_guard lock(_changing);
    const auto number = _editions.current().number + 1;
    _editions.publish(std::make_unique<Edition>(Edition{std::move(next), number}));
    (void)_editions.reclaim();
    for (auto* listener : _listeners) listener->keysChanged();
}

void KeyRing::follow(Edition next)
{
    const std::lock_guard lock(_changing);
    if (next.number < _editions.current().number) return;
    _editions.publish(std::make_unique<Edition>(std::move(next)));
    (void)_editions.reclaim();
}

void KeyRing::add(KeyListener& listener)
{
    const std::lock_guard lock(_changing);
    _listeners.push_back(&listener);
}

void KeyRing::remove(KeyListener& listener)
{
    const std::lock_guard lock(_changing);
    std::erase(_listeners, &listener);
}

} // namespace zoco::host

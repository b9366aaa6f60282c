#pragma once

#include "zoco/abi/plugin.h"
#include "zoco/testing/FakeConsumer.h"
#include "zoco/testing/Instance.h"

#include <chrono>
#include <deque>
#include <string>
#include <thread>
#include <vector>

extern "C" const zoco_plugin_entry zoco_entry;

namespace zoco::gestorbbdd::test
{

/// The SQL that a plugin embeds.
class Embedded
{
public:
    Embedded& migration(std::string name, std::string sql)
    {
        return add("sql-migration", std::move(name), std::move(sql));
    }
    Embedded& operations(std::string name, std::string sql)
    {
        return add("sql-operation", std::move(name), std::move(sql));
    }
    const zoco_resource* table()
    {
        _table.clear();
        for (const auto& f : _files) _table.push_back({f.kind, f.name.c_str(), {f.text.data(), f.text.size()}});
        _table.push_back({nullptr, nullptr, {nullptr, 0}});
        return _table.data();
    }

private:
    struct File
    {
        const char* kind;
        std::string name;
        std::string text;
    };
    Embedded& add(const char* kind, std::string name, std::string text)
    {
        _files.push_back({kind, std::move(name), std::move(text)});
        return *this;
    }

    std::deque<File> _files;
    std::vector<zoco_resource> _table;
};

/// Lines of the plugin's configuration.
using Configuration = std::vector<std::pair<std::string, std::string>>;

/// The plugin in a host of the SDK's fakes, on a database of its own.
class Gestor
{
public:
    explicit Gestor(const Configuration& settings = {}) : _plugin(host, zoco_entry)
    {
        for (const auto& [key, value] : settings) host.config().set(key, value);
        _plugin.start();
    }

    zoco_provider& data() { return host.services().offered("zoco.data/1"); }

    testing::FakeHost host;

private:
    testing::Instance _plugin;
};

/// A consumer with what it embeds.
class Consumer
{
public:
    Consumer(Gestor& gestor, const std::string& id, Embedded embedded)
        : _embedded(std::move(embedded)), _fake(gestor.data(), id, _embedded.table())
    {
    }
    Service service() { return _fake.service(); }

private:
    Embedded _embedded;
    testing::FakeConsumer _fake;
};

/// Why a consumer is refused; empty when it is not.
inline std::string refusalOf(Gestor& gestor, const std::string& id, Embedded embedded)
{
    try
    {
        const Consumer consumer(gestor, id, std::move(embedded));
        return {};
    }
    catch (const std::runtime_error& e)
    {
        return e.what();
    }
}

/// Waits for something that other threads do; false when it did not come within ten seconds.
template <class Condition>
bool eventually(Condition&& condition)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition())
    {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    return true;
}

} // namespace zoco::gestorbbdd::test

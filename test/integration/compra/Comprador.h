#pragma once

#include "support/HttpResponse.h"

#include <rapidjson/document.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <random>
#include <string>

namespace zoco::test
{

/// What a buyer knows in the end. A value.
struct Compra
{
    std::string pedido; ///< empty: there was nothing left to buy
    std::string acceso;
    std::int64_t total = 0;
    bool isRefundAcknowledged = false; ///< the shop has said that it gave kParte back
};

/// Somebody who buys one piece, with a cart of their own, and pays at the pages of a payment service elsewhere, while
/// the shop goes away and comes back: they ask again whatever was not answered. One thread; throws std::runtime_error
/// when the shop stays away.
class Comprador
{
public:
    static constexpr std::int64_t kParte = 100; ///< what some of them get back of what they paid, minor units

    /// `seed` decides what they do. `steps` counts the answers they get. Ports of 127.0.0.1.
    Comprador(std::uint16_t shop, std::uint16_t bank, unsigned seed, std::atomic<int>& steps)
        : _shop(shop), _bank(bank), _seed(seed), _random(seed), _steps(steps)
    {
    }

    Compra buy(const std::string& product);

    /// Takes the order back; `isPaidToo` false: unless it is paid.
    static void cancel(std::uint16_t shop, const Compra& compra, bool isPaidToo);

private:
    using Json = rapidjson::Document;

    bool isLikely(int percent) { return std::uniform_int_distribution<int>(1, 100)(_random) <= percent; }
    HttpResponse ask(const std::string& method, const std::string& path, const std::string& body,
                     const std::string& headers);
    std::optional<Json> place(const std::string& product);
    std::optional<Json> pay(const Compra& compra, const std::string& key);
    std::string pageOf(const Json& payment);
    void finishAt(const std::string& sesion);
    void refund(Compra& compra, const std::string& payment);
    HttpResponse staff(const std::string& role, const std::string& path, const std::string& body,
                       const std::string& headers);

    std::uint16_t _shop;
    std::uint16_t _bank;
    unsigned _seed;
    std::mt19937 _random;
    std::atomic<int>& _steps;
};

} // namespace zoco::test

#pragma once

#include "support/RawClient.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace zoco::bench
{

/// Steps of a purchase, in order.
enum class Step
{
    Search,
    Product,
    Add,
    Cart,
    Shipping,
    Order,
    Pay
};

struct StepName
{
    Step step;
    const char* name;
};
inline constexpr std::array kSteps = {
    StepName{Step::Search, "search"},
    StepName{Step::Product, "product"},
    StepName{Step::Add, "add to the cart"},
    StepName{Step::Cart, "cart"},
    StepName{Step::Shipping, "address and shipping"},
    StepName{Step::Order, "order"},
    StepName{Step::Pay, "pay by card"},
};

/// A guest with a cart. What is answered by something else than 200 or 201 throws std::runtime_error. One thread at a
/// time.
class Visitor
{
public:
    /// `number`: nobody else's. `skus`: what there is to buy, of which each visitor likes another one.
    Visitor(std::uint64_t number, const std::vector<std::string>& skus);

    void take(Step step, zoco::test::RawClient& shop);
    void home(zoco::test::RawClient& shop);

private:
    std::string ask(zoco::test::RawClient& shop, const char* method, const std::string& path,
                    const std::string& body = {}, const std::string& more = {});

    std::string _who; ///< a header line with the cart's token
    std::string _sku;
    std::string _order;
    std::string _access; ///< a header line with the order's token
};

} // namespace zoco::bench

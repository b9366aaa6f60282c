#include "integration/bank/Tellers.h"

#include "support/RawClient.h"

#include <algorithm>
#include <random>

namespace zoco::test
{

namespace
{

std::string targetOf(const Transfer& transfer)
{
    return "/Banco/transferencias/" + std::to_string(transfer.id) + "/" + std::to_string(transfer.from) + "/" +
           std::to_string(transfer.to) + "/" + std::to_string(transfer.amount);
}

std::string keyOf(const Transfer& transfer)
{
    return "Idempotency-Key: \"transferencia " + std::to_string(transfer.id) + "\"\r\n";
}

} // namespace

Tellers::Tellers(std::uint16_t port, std::int64_t firstId, Keys keys, int clients)
    : _keys(keys), _clients(static_cast<std::size_t>(clients))
{
    for (auto& client : _clients)
        client.thread = std::thread([this, &client, port, id = firstId++] { work(client, port, id); });
}

void Tellers::stop()
{
    _isOver = true;
    for (auto& client : _clients)
        if (client.thread.joinable()) client.thread.join();
}

void Tellers::work(Client& self, std::uint16_t port, std::int64_t firstId)
{
    std::minstd_rand random(static_cast<unsigned>(firstId));
    const auto upTo = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
    try
    {
        RawClient client(port);
        for (auto id = firstId; !_isOver; id += static_cast<std::int64_t>(_clients.size()))
        {
            const int from = upTo(kAccounts - 1);
            const int to = (from + 1 + upTo(kAccounts - 2)) % kAccounts;
            auto& transfer = self.transfers.emplace_back(Transfer{id, from, to, 1 + upTo(49)});
            const auto begin = std::chrono::steady_clock::now();
            auto answer = client.request("POST", targetOf(transfer), _keys == Keys::None ? "" : keyOf(transfer));
            self.slowest = std::max<std::chrono::nanoseconds>(self.slowest, std::chrono::steady_clock::now() - begin);
            const auto slug = answer.problemSlug();
            if (answer.status == 201)
            {
                transfer.fate = Transfer::Fate::Acknowledged;
                transfer.answer = std::move(answer.body);
                ++_acknowledged;
            }
            else if (slug == "conflict" || slug == "unavailable" || slug == "deadline")
            {
                transfer.fate = Transfer::Fate::Refused;
                _unserved += slug == "conflict" ? 0 : 1;
            }
            else if (slug != "unknown-outcome" && self.fault.empty())
            {
                self.fault = std::to_string(answer.status) + " " + answer.body;
                self.faulty = transfer.id;
            }
        }
    }
    catch (const std::exception& e)
    {
        self.loss = e.what();
    }
}

std::vector<Transfer> Tellers::transfers() const
{
    std::vector<Transfer> out;
    for (const auto& client : _clients) out.insert(out.end(), client.transfers.begin(), client.transfers.end());
    return out;
}

std::chrono::milliseconds Tellers::slowest() const
{
    std::chrono::nanoseconds out{0};
    for (const auto& client : _clients) out = std::max(out, client.slowest);
    return std::chrono::duration_cast<std::chrono::milliseconds>(out);
}

std::string Tellers::loss() const
{
    for (const auto& client : _clients)
        if (!client.loss.empty()) return client.loss;
    return {};
}

std::string Tellers::fault() const
{
    for (const auto& client : _clients)
        if (!client.fault.empty()) return std::to_string(client.faulty) + ": " + client.fault;
    return {};
}

std::int64_t Tellers::faultyId() const
{
    for (const auto& client : _clients)
        if (!client.fault.empty()) return client.faulty;
    return -1;
}

std::string faultOfRepeats(std::uint16_t port, const std::vector<Transfer>& transfers)
{
    RawClient client(port);
    for (const auto& transfer : transfers)
    {
        if (transfer.fate == Transfer::Fate::Refused) continue;
        const auto answer = client.request("POST", targetOf(transfer), keyOf(transfer));
        const bool isAsBefore =
            answer.status == 201 && answer.body == transfer.answer && answer.header("Idempotency-Replayed") == "true";
        const bool isDoneNow = answer.status == 201 || answer.problemSlug() == "conflict";
        if (transfer.fate == Transfer::Fate::Acknowledged ? !isAsBefore : !isDoneNow)
            return std::to_string(transfer.id) + ": " + std::to_string(answer.status) + " " + answer.body +
                   ", before: " + transfer.answer;
    }
    return {};
}

} // namespace zoco::test

#pragma once

#include "GroupStatement.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace zoco::gestorbbdd::mariadb
{

/// The groups of writes that one connection has met. One that comes again is made a statement of its own: for a group
/// that comes once it would cost more than it saves. Beyond the limits the least used are let go. One thread at a time.
class GroupStatements
{
public:
    /// Statements of a connection.
    static constexpr std::size_t kMaxKept = 48;

    explicit GroupStatements(Connection& connection) noexcept : _connection(connection) {}

    /// The statement for these steps, until the next call; nullptr when they are to run one by one. Throws MariaDbError
    /// when the connection is gone, DeadlinePassed.
    GroupStatement* find(std::span<const BoundStep> steps);
    /// Lets go of it; the group counts as one that was never met.
    void forget(std::span<const BoundStep> steps) noexcept;

private:
    /// What a step adds to the text.
    struct Part
    {
        std::uint64_t operation;
        std::uint64_t form;
        std::int32_t expectRows;
        friend bool operator==(const Part&, const Part&) = default;
    };
    struct Group
    {
        std::uint64_t hash;
        std::vector<Part> parts;
        std::unique_ptr<GroupStatement> statement{};
        bool isRefused = false; ///< the server does not prepare it
    };
    using Groups = std::list<Group>;

    static Part partOf(const BoundStep& step) noexcept;
    static std::uint64_t hashOf(std::span<const BoundStep> steps) noexcept;
    void prepare(Group& group, std::span<const BoundStep> steps);
    /// For a statement of so many steps.
    void makeRoom(std::size_t steps);
    Groups::iterator remove(Groups::iterator group) noexcept;

    Connection& _connection;
    Groups _all; ///< last used first
    std::unordered_map<std::uint64_t, Groups::iterator> _byHash;
    std::size_t _statements = 0;
    std::size_t _steps = 0; ///< of all statements
};

} // namespace zoco::gestorbbdd::mariadb

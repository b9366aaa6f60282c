#include "transport/ReceiveBuffer.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

using zoco::host::ParserLimits;
using zoco::host::ReceiveBuffer;

/// How memory grows while a request comes in.
class ReceiveBufferTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ReceiveBufferTest);
    CPPUNIT_TEST(testALargeBodyIsCopiedFewTimes);
    CPPUNIT_TEST(testABodyOfKnownLengthGetsNoMore);
    CPPUNIT_TEST(testWithoutALengthThereIsAlwaysRoom);
    CPPUNIT_TEST_SUITE_END();

    /// How often the memory moved while `length` bytes came in reads of at most `each`.
    static int movesOf(ReceiveBuffer& buffer, std::size_t length, std::size_t each)
    {
        int moves = 0;
        while (buffer.size < length)
        {
            const auto missing = length - buffer.size;
            const auto* before = buffer.data();
            buffer.reserve(buffer.wantedFor(missing));
            moves += buffer.data() == before ? 0 : 1;
            buffer.size += std::min({missing, each, buffer.freeSize()});
        }
        return moves;
    }

public:
    /// In small pieces, as TLS records are.
    void testALargeBodyIsCopiedFewTimes()
    {
        ReceiveBuffer buffer{ParserLimits{}};
        CPPUNIT_ASSERT(movesOf(buffer, 80'000'000, 16 * 1024) <= 20); // doublings
    }

    void testABodyOfKnownLengthGetsNoMore()
    {
        ReceiveBuffer buffer{ParserLimits{}};
        CPPUNIT_ASSERT(movesOf(buffer, 50'000, 1000) <= 2);
        CPPUNIT_ASSERT_EQUAL(std::size_t(50'000), buffer.size + buffer.freeSize());
    }

    void testWithoutALengthThereIsAlwaysRoom()
    {
        ReceiveBuffer buffer{ParserLimits{}};
        while (buffer.size < 1'000'000)
        {
            buffer.reserve(buffer.wantedFor(0));
            CPPUNIT_ASSERT(buffer.freeSize() >= 1024);
            buffer.size += std::min<std::size_t>(buffer.freeSize(), 5000);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReceiveBufferTest);

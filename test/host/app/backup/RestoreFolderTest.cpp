#include "app/backup/RestoreFolder.h"

#include "app/DataFolder.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <stdexcept>

using zoco::host::DataFolder;
using zoco::host::RestoreFolder;
using zoco::test::TempFolder;

/// What stands in a data.dir after a restore that died at some point, and what the next one makes of it.
class RestoreFolderTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RestoreFolderTest);
    CPPUNIT_TEST(testNobodyUsesTheFolderBeforeTheEnd);
    CPPUNIT_TEST(testOneThatDiedWhileLoadingBeginsAnew);
    CPPUNIT_TEST(testOneThatDiedBehindItsLastFileIsOnlyFinished);
    CPPUNIT_TEST(testMarkThatWasBeingWrittenIsNoData);
    CPPUNIT_TEST(testDataAreKept);
    CPPUNIT_TEST_SUITE_END();

    TempFolder _folder;
    const std::string _path = _folder.path("d");

    bool exists(const std::string& name) const { return std::filesystem::exists(_path + "/" + name); }

public:
    void testNobodyUsesTheFolderBeforeTheEnd()
    {
        {
            RestoreFolder folder(_path, "a");
            CPPUNIT_ASSERT(!folder.isPlaced());
            CPPUNIT_ASSERT_THROW(DataFolder{_path}, std::runtime_error);
        }
        CPPUNIT_ASSERT_THROW(DataFolder{_path}, std::runtime_error);
        {
            RestoreFolder folder(_path, "a");
            folder.setPlaced();
        }
        CPPUNIT_ASSERT_THROW(DataFolder{_path}, std::runtime_error);
        RestoreFolder(_path, "a").finish();
        DataFolder used(_path);
        CPPUNIT_ASSERT_THROW(RestoreFolder(_path, "a"), std::runtime_error);
    }

    void testOneThatDiedWhileLoadingBeginsAnew()
    {
        {
            const RestoreFolder folder(_path, "a");
            _folder.write("d/plugins/x", "half");
        }
        const RestoreFolder again(_path, "b");
        CPPUNIT_ASSERT(!again.isPlaced());
        CPPUNIT_ASSERT(!exists("plugins"));
    }

    void testOneThatDiedBehindItsLastFileIsOnlyFinished()
    {
        {
            RestoreFolder folder(_path, "a");
            _folder.write("d/plugins/x", "whole");
            folder.setPlaced();
        }
        CPPUNIT_ASSERT_THROW(RestoreFolder(_path, "b"), std::runtime_error);
        RestoreFolder again(_path, "a");
        CPPUNIT_ASSERT(again.isPlaced());
        again.finish();
        CPPUNIT_ASSERT_EQUAL(std::string("whole"), _folder.read("d/plugins/x"));
        CPPUNIT_ASSERT(!exists("restoring"));
    }

    void testMarkThatWasBeingWrittenIsNoData()
    {
        _folder.write("d/restoring.tmp", "lo");
        RestoreFolder folder(_path, "a");
        folder.setPlaced();
        folder.finish();
        CPPUNIT_ASSERT(!exists("restoring.tmp"));
    }

    void testDataAreKept()
    {
        _folder.write("d/plugins/x", "data");
        CPPUNIT_ASSERT_THROW(RestoreFolder(_path, "a"), std::runtime_error);
        CPPUNIT_ASSERT_EQUAL(std::string("data"), _folder.read("d/plugins/x"));
        CPPUNIT_ASSERT(!exists("restoring"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RestoreFolderTest);

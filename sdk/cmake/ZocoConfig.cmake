include(${CMAKE_CURRENT_LIST_DIR}/ZocoTargets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/ZocoPlugin.cmake)

# cmake -DPRINTER=... -DGOLDEN=... -DUPDATE=on|off -P compare_layout.cmake
# Compares the ABI's layout with the golden file, or writes that file anew.
execute_process(COMMAND ${PRINTER} OUTPUT_VARIABLE layout RESULT_VARIABLE result)
if(NOT result EQUAL 0 OR layout STREQUAL "")
  message(FATAL_ERROR "${PRINTER} did not print the layout")
endif()
if(UPDATE)
  file(WRITE ${GOLDEN} "${layout}")
  return()
endif()
file(READ ${GOLDEN} golden)
if(NOT layout STREQUAL golden)
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/abi_layout.now "${layout}")
  execute_process(COMMAND diff ${GOLDEN} ${CMAKE_CURRENT_BINARY_DIR}/abi_layout.now)
  message(FATAL_ERROR "The ABI's layout has changed. When that is meant, and only something was added at an end:\n"
                      "  cmake --build build/dev --target update_abi_layout")
endif()

"""Native charts (ECMA-376 part 1, 21.2), each with the workbook that "Edit Data" opens."""

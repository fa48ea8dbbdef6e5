/** What Git knows of files, asked through its command. */
@NullMarked
package dev.signet.cli.git;

import org.jspecify.annotations.NullMarked;

package dev.ferrule.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The raw runs in a folder, a file of JSON for each cell. A cell's figures are of one time: a new run replaces the file. */
final class Archive {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;

    Archive(Path folder) {
        this.folder = folder;
    }

    void keep(Result result) throws IOException {
        Files.createDirectories(folder);
        JSON.writeValue(folder.resolve(result.cell() + ".json").toFile(), result);
    }

    /** All that is there: first the cells that groups name, in their order. */
    List<Result> read() throws IOException {
        List<Result> results = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(one -> one.toString().endsWith(".json"))
                        .sorted()
                        .toList()) {
                    results.add(JSON.readValue(file.toFile(), Result.class));
                }
            }
        }
        results.sort(Cells.ORDER);
        return results;
    }

    /** JSON of anything that is made of maps, lists, numbers and text. */
    static String json(Object value) throws IOException {
        return JSON.writeValueAsString(value) + "\n";
    }
}

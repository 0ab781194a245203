package dev.ferrule.bench.load;

import java.util.Map;

/**
 * What a process says that it has used up to a moment.
 *
 * @param allocated bytes allocated on its heap
 * @param collectionMillis time in garbage collections
 * @param compilationMillis time in the JIT compilers
 * @param heap bytes in use on its heap
 * @param direct bytes of direct buffers
 * @param messages what the process itself has counted, if it counts
 */
public record Usage(
        long allocated, long collectionMillis, long compilationMillis, long heap, long direct, long messages) {
    static Usage of(Map<String, Long> answer) {
        return new Usage(
                answer.getOrDefault("alloc", 0L),
                answer.getOrDefault("gcms", 0L),
                answer.getOrDefault("jitms", 0L),
                answer.getOrDefault("heap", 0L),
                answer.getOrDefault("direct", 0L),
                answer.getOrDefault("messages", 0L));
    }
}

"""Writes a valid Trellis program of about N lines to standard output: the input of the compile-speed benchmark.

The lines are a mixture as in the examples: plain functions, structs and enums, async functions with loops, scopes,
nurseries, channels, errors and cleanup. Deterministic: the same N gives the same program."""

import sys

UNIT = '''\
struct Reading{i} {{ sensor: u8, value: i32, valid: bool, }}
enum Command{i} {{ Stop, Set(level: i32), Blink(times: u8, pause: duration), }}
error Fault{i}(code: i32);

// Keeps a value inside the range that unit {i} can show.
fn bounded{i}(x: i32, low: i32, high: i32) -> i32 {{
    if x < low {{
        return low;
    }} else if x > high {{
        return high;
    }}
    return x;
}}

fn total{i}(values: &[8]i32) -> i32 {{
    var sum = 0;
    for v in values {{
        if v % 2 == 0 {{
            sum += v;
        }} else {{
            sum -= bounded{i}(v, -100, 100);
        }}
    }}
    return sum;
}}

async fn sample{i}(id: u8) -> Reading{i} raises Fault{i} {{
    await sleep(10ms * id);
    if id > 6 {{
        raise Fault{i}(i32(id));
    }}
    let value = bounded{i}(i32(id) * 17 - 40, -30, 90);
    return Reading{i}(sensor: id, value: value, valid: value >= 0);
}}

async fn produce{i}(out: Sender<i32>, count: i32) raises BrokenResource {{
    for n in 0..count {{
        await sleep(5ms);
        await out.send(n * 3 + {i});
    }}
}}

async fn consume{i}(items: Receiver<i32>, sum: &mut i32) {{
    async for item in items {{
        *sum += item;
        if *sum > 1000000 {{
            print("unit {i}: {{*sum}} is a lot");
            break;
        }}
    }}
}}

async fn act{i}(command: Command{i}) -> i32 {{
    var done = 0;
    match command {{
        Command{i}.Stop => {{ return 0; }}
        Command{i}.Set(level) => {{ done = bounded{i}(level, 0, 10); }}
        Command{i}.Blink(times, pause) => {{
            for n in 0..times {{
                await sleep(pause);
                done += 1;
            }}
        }}
    }}
    return done;
}}

async fn unit{i}() raises {{
    var values = [0; 8];
    var sum = 0;
    defer {{ print("unit {i} ends"); }}
    try {{
        for id in 0..8 {{
            let reading = await sample{i}(u8(id));
            values[id] = reading.value;
        }}
    }} catch Fault{i} as fault {{
        print("unit {i}: fault {{fault.code}}");
    }}
    move_on_after 2s as limit {{
        let (tx, rx) = channel<i32>(4);
        nursery n {{
            n.start_soon(produce{i}(tx, 10));
            n.start_soon(consume{i}(rx, &mut sum));
        }}
    }}
    let level = await act{i}(Command{i}.Set(sum));
    print("unit {i}: {{sum}} {{level}} {{total{i}(&values)}} late: {{limit.cancelled_caught}}");
}}
'''


def main() -> None:
    lines = int(sys.argv[1])
    units = max(1, lines // UNIT.count("\n"))
    out = sys.stdout
    for i in range(units):
        out.write(UNIT.format(i=i))
    out.write("\nasync fn main() raises {\n")
    for i in range(units):
        out.write(f"    await unit{i}();\n")
    out.write("}\n")


main()

package tenon.cli.inspect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Where the boxes of a diagram stand and which way its arrows go, in pixels, y downwards: in layers from left to right, each box right of
 * those that give to it; arrows over several layers pass between the boxes of those in the middle; in each layer the order that makes few
 * arrows cross, and the heights that make them straight ("Methods for Visual Understanding of Hierarchical System Structures", Sugiyama
 * and others, 1981).
 *
 * @param areas of the boxes, in their order
 * @param ways of the arrows, in their order
 */
record Placement(List<Area> areas, List<Way> ways, double width, double height) {
    private static final int MARGIN = 24;
    private static final int GAP = 18;
    private static final int PORT = 17;
    private static final int SHORTEST_WAY = 70;
    private static final int ROUNDS = 12;

    /** A rectangle. */
    record Area(double x, double y, double width, double height) {
        double right() {
            return x + width;
        }
    }

    /** A point. */
    record Point(double x, double y) {}

    /** Points of an arrow: its beginning, a pair for each layer on the way and one for its label, its end. */
    record Way(List<Point> points) {}

    /** A box, or a place for an arrow to pass a layer. */
    private static final class Stop {
        private final int layer;
        private final double width;
        private final double height;
        private final List<Stop> before = new ArrayList<>();
        private final List<Stop> after = new ArrayList<>();
        private double order;
        private double x;
        private double y;

        Stop(int layer, double width, double height) {
            this.layer = layer;
            this.width = width;
            this.height = height;
        }

        double middle() {
            return y + height / 2;
        }
    }

    /** A diagram as it is being placed. Confined to one thread. */
    private static final class Layers {
        private final Diagram diagram;
        private final TextSize size;
        private final List<Stop> boxes = new ArrayList<>();
        private final List<List<Stop>> routes = new ArrayList<>();
        private final List<List<Stop>> layers = new ArrayList<>();
        private double right;

        Layers(Diagram diagram, TextSize size) {
            this.diagram = diagram;
            this.size = size;
        }

        Placement place() {
            boxes();
            routes();
            order();
            columns();
            heights();
            return placement();
        }

        private int[] layersOfBoxes() {
            int[] layer = new int[diagram.boxes().size()];
            int last = 1;
            // arrows go from the front to the back of the list, so that one pass in this order is enough
            for (int i = 0; i < layer.length; i++) {
                Diagram.Kind kind = diagram.boxes().get(i).kind();
                layer[i] = kind == Diagram.Kind.IMPORTS ? 0 : Math.max(layer[i], 1);
                if (kind != Diagram.Kind.EXPORTS) {
                    last = Math.max(last, layer[i]);
                }
                for (Diagram.Arrow arrow : diagram.arrows()) {
                    if (arrow.from() == i) {
                        layer[arrow.to()] = Math.max(layer[arrow.to()], layer[i] + 1);
                    }
                }
            }
            for (int i = 0; i < layer.length; i++) {
                if (diagram.boxes().get(i).kind() == Diagram.Kind.EXPORTS) {
                    layer[i] = last + 1;
                }
            }
            return layer;
        }

        private void boxes() {
            int[] layer = layersOfBoxes();
            for (int i = 0; i < layer.length; i++) {
                int box = i;
                Diagram.Box content = diagram.boxes().get(i);
                int out = (int) diagram.arrows().stream()
                        .filter(arrow -> arrow.from() == box)
                        .count();
                int in = (int) diagram.arrows().stream()
                        .filter(arrow -> arrow.to() == box)
                        .count();
                double height = Math.max(size.height(content), PORT * (Math.max(in, out) + 1));
                boxes.add(add(new Stop(layer[i], size.width(content), height)));
            }
        }

        private Stop add(Stop stop) {
            while (layers.size() <= stop.layer) {
                layers.add(new ArrayList<>());
            }
            List<Stop> layer = layers.get(stop.layer);
            stop.order = layer.size();
            layer.add(stop);
            return stop;
        }

        private void routes() {
            for (Diagram.Arrow arrow : diagram.arrows()) {
                var route = new ArrayList<Stop>();
                Stop at = boxes.get(arrow.from());
                Stop to = boxes.get(arrow.to());
                route.add(at);
                for (int layer = at.layer + 1; layer < to.layer; layer++) {
                    route.add(add(new Stop(layer, 0, 4)));
                }
                route.add(to);
                for (int i = 1; i < route.size(); i++) {
                    route.get(i - 1).after.add(route.get(i));
                    route.get(i).before.add(route.get(i - 1));
                }
                routes.add(route);
            }
        }

        /** Each layer in the order of the middles of their neighbours, to and fro. */
        private void order() {
            for (int round = 0; round < ROUNDS; round++) {
                boolean forth = round % 2 == 0;
                for (List<Stop> layer : forth ? layers : layers.reversed()) {
                    var wanted = new ArrayList<Double>();
                    for (Stop stop : layer) {
                        List<Stop> neighbours = forth ? stop.before : stop.after;
                        wanted.add(neighbours.stream()
                                .mapToDouble(each -> each.order)
                                .average()
                                .orElse(stop.order));
                    }
                    for (int i = 0; i < layer.size(); i++) {
                        layer.get(i).order = wanted.get(i);
                    }
                    layer.sort(Comparator.comparingDouble(stop -> stop.order));
                    for (int i = 0; i < layer.size(); i++) {
                        layer.get(i).order = i;
                    }
                }
            }
        }

        private void columns() {
            double x = MARGIN;
            for (List<Stop> layer : layers) {
                double widest =
                        layer.stream().mapToDouble(stop -> stop.width).max().orElse(0);
                for (Stop stop : layer) {
                    stop.x = x;
                }
                right = x + widest;
                x = right + SHORTEST_WAY + labels(layer);
            }
        }

        /** The room for the labels of arrows that begin in a layer. */
        private double labels(List<Stop> layer) {
            double room = 0;
            for (int i = 0; i < routes.size(); i++) {
                if (layer.contains(routes.get(i).getFirst())) {
                    room = Math.max(room, size.label(diagram.arrows().get(i)));
                }
            }
            return room;
        }

        private void heights() {
            for (List<Stop> layer : layers) {
                double y = 0;
                for (Stop stop : layer) {
                    stop.y = y;
                    y += stop.height + GAP;
                }
            }
            for (int round = 0; round < ROUNDS; round++) {
                boolean forth = round % 2 == 0;
                for (List<Stop> layer : forth ? layers : layers.reversed()) {
                    straighten(layer, forth);
                }
            }
            double top = layers.stream()
                    .flatMap(List::stream)
                    .mapToDouble(stop -> stop.y)
                    .min()
                    .orElse(0);
            layers.forEach(layer -> layer.forEach(stop -> stop.y += 2 * MARGIN + GAP - top));
        }

        /**
         * Moves the stops of a layer to where their neighbours are, as near as order and room allow: the least squares of the distances, by
         * pooling neighbours that would stand in each other.
         */
        private static void straighten(List<Stop> layer, boolean forth) {
            record Pool(double sum, int count) {
                double mean() {
                    return sum / count;
                }
            }
            var pools = new ArrayList<Pool>();
            double offset = 0;
            for (Stop stop : layer) {
                List<Stop> neighbours = forth ? stop.before : stop.after;
                double wanted =
                        neighbours.stream().mapToDouble(Stop::middle).average().orElse(stop.middle());
                var pool = new Pool(wanted - stop.height / 2 - offset, 1);
                while (!pools.isEmpty() && pools.getLast().mean() > pool.mean()) {
                    Pool last = pools.removeLast();
                    pool = new Pool(last.sum + pool.sum, last.count + pool.count);
                }
                pools.add(pool);
                offset += stop.height + GAP;
            }
            offset = 0;
            int next = 0;
            for (Pool pool : pools) {
                for (int i = 0; i < pool.count; i++) {
                    Stop stop = layer.get(next++);
                    stop.y = pool.mean() + offset;
                    offset += stop.height + GAP;
                }
            }
        }

        private Placement placement() {
            var areas = boxes.stream()
                    .map(stop -> new Area(stop.x, stop.y, stop.width, stop.height))
                    .toList();
            var ways = new ArrayList<Way>();
            for (int i = 0; i < routes.size(); i++) {
                ways.add(way(i));
            }
            double height = layers.stream()
                    .flatMap(List::stream)
                    .mapToDouble(stop -> stop.y + stop.height)
                    .max()
                    .orElse(0);
            return new Placement(areas, ways, right + MARGIN, height + 2 * MARGIN);
        }

        private Way way(int arrow) {
            List<Stop> route = routes.get(arrow);
            Stop from = route.getFirst();
            var points = new ArrayList<Point>();
            double y = port(arrow, true);
            points.add(new Point(from.x + from.width, y));
            // all arrows of a layer turn right of its widest box and its longest label
            double turn = widest(from.layer) + labels(layers.get(from.layer));
            points.add(new Point(turn, y));
            for (Stop stop : route.subList(1, route.size() - 1)) {
                points.add(new Point(stop.x, stop.middle()));
                points.add(new Point(widest(stop.layer) + labels(layers.get(stop.layer)), stop.middle()));
            }
            points.add(new Point(route.getLast().x, port(arrow, false)));
            return new Way(points);
        }

        private double widest(int layer) {
            return layers.get(layer).stream()
                    .mapToDouble(stop -> stop.x + stop.width)
                    .max()
                    .orElse(0);
        }

        /** Where on its box an arrow begins or ends: one below the other, in the order of where they come from or go to. */
        private double port(int arrow, boolean begins) {
            Diagram.Arrow self = diagram.arrows().get(arrow);
            int box = begins ? self.from() : self.to();
            var same = new ArrayList<Integer>();
            for (int i = 0; i < routes.size(); i++) {
                Diagram.Arrow other = diagram.arrows().get(i);
                if ((begins ? other.from() : other.to()) == box) {
                    same.add(i);
                }
            }
            Collections.sort(same, Comparator.comparingDouble(other -> {
                List<Stop> route = routes.get(other);
                return (begins ? route.get(1) : route.get(route.size() - 2)).middle();
            }));
            Stop stop = boxes.get(box);
            return stop.y + stop.height * (same.indexOf(arrow) + 1) / (same.size() + 1);
        }
    }

    static Placement of(Diagram diagram, TextSize size) {
        return new Layers(diagram, size).place();
    }
}
